import {
  decodeMessage,
  MalformedMessageError,
  MAX_MESSAGE_BYTES,
  MESSAGE,
  SYNC_STEP,
  type Message
} from '@foyer/sync/protocol'
import { malformed, tooLarge } from '../update/refused-message-error.ts'

/**
 * Largest answer to the server's state vector. A device that was offline, or an adopted workspace,
 * sends everything at once, so this is the size of a document, not of an edit.
 */
const MAX_MISSING_BYTES = 16 * 1024 * 1024
/** One entry for each Yjs client that ever edited a large workspace. */
const MAX_STATE_VECTOR_BYTES = 4 * 1024 * 1024
const MAX_USAGE_ENTRIES = 20_000
const MAX_ITEM_ID_CHARACTERS = 40

/**
 * Checks a message by itself, before its content is decoded (docs/design.md#checks).
 * @throws {RefusedMessageError}
 */
export const checkMessage = (bytes: Uint8Array): Message => {
  // Before decoding, which may cost many times the size.
  if (bytes.length > maxBytes(bytes)) {
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

const maxBytes = ([type, step]: Uint8Array): number => {
  if (type !== MESSAGE.sync) return MAX_MESSAGE_BYTES
  if (step === SYNC_STEP.missing) return MAX_MISSING_BYTES
  return step === SYNC_STEP.stateVector ? MAX_STATE_VECTOR_BYTES : MAX_MESSAGE_BYTES
}

const decode = (bytes: Uint8Array): Message => {
  try {
    return decodeMessage(bytes)
  } catch (error) {
    if (error instanceof MalformedMessageError) throw malformed(error.message)
    throw error
  }
}
