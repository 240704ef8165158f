import {
  decodeMessage,
  MalformedMessageError,
  MAX_MESSAGE_BYTES,
  MESSAGE,
  SYNC_STEP,
  type Message
} from '@foyer/sync/protocol'
import { malformed, tooLarge } from './refused-message-error.ts'

/**
 * Largest answer to the server's own question what it lacks. A device that was offline, or a workspace
 * that is adopted, brings everything at once, so this is the largest document rather than an edit.
 */
const MAX_MISSING_BYTES = 16 * 1024 * 1024
const MAX_USAGE_ENTRIES = 20_000
const MAX_ITEM_ID_CHARACTERS = 40

/**
 * What can be said of a message by itself, before its content is looked into (DESIGN §6.1).
 * @throws {RefusedMessageError}
 */
export const checkMessage = (bytes: Uint8Array): Message => {
  // Before anything of it is decoded: what it leads to may cost many times its size.
  if (bytes.length > (isAnswer(bytes) ? MAX_MISSING_BYTES : MAX_MESSAGE_BYTES)) {
    throw tooLarge('This message is too large.')
  }
  const message = decode(bytes)
  switch (message.type) {
    case 'usage':
      if (
        message.entries.length > MAX_USAGE_ENTRIES ||
        message.entries.some(entry => entry.itemId.length > MAX_ITEM_ID_CHARACTERS)
      ) {
        throw malformed('too much usage in one message')
      }
      return message
    case 'hello':
    case 'ack':
    case 'notice':
      throw malformed(`only the server sends ${message.type}`)
    default:
      return message
  }
}

const isAnswer = (bytes: Uint8Array): boolean => bytes[0] === MESSAGE.sync && bytes[1] === SYNC_STEP.missing

const decode = (bytes: Uint8Array): Message => {
  try {
    return decodeMessage(bytes)
  } catch (error) {
    if (error instanceof MalformedMessageError) throw malformed(error.message)
    throw error
  }
}
