import {
  decodeFrame,
  MalformedFrameError,
  MAX_FRAME_BYTES,
  FRAME,
  SYNC_STEP,
  type Frame
} from '@foyer/sync/protocol'
import { malformed, tooLarge } from '../update/refused-frame-error.ts'

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
 * Checks a frame by itself, before its content is decoded (docs/design.md#checks).
 * @throws {RefusedFrameError}
 */
export const checkFrame = (bytes: Uint8Array): Frame => {
  // Before decoding, which may cost many times the size.
  if (bytes.length > maxBytes(bytes)) {
    throw tooLarge('This message is too large.')
  }
  const frame = decode(bytes)
  switch (frame.type) {
    case 'usage':
      if (
        frame.entries.length > MAX_USAGE_ENTRIES ||
        frame.entries.some(entry => entry.itemId.length > MAX_ITEM_ID_CHARACTERS)
      ) {
        throw malformed('too much usage in one frame')
      }
      return frame
    case 'hello':
    case 'ack':
    case 'notice':
      throw malformed(`only the server sends ${frame.type}`)
    default:
      return frame
  }
}

const maxBytes = ([type, step]: Uint8Array): number => {
  if (type !== FRAME.sync) return MAX_FRAME_BYTES
  if (step === SYNC_STEP.missing) return MAX_MISSING_BYTES
  return step === SYNC_STEP.stateVector ? MAX_STATE_VECTOR_BYTES : MAX_FRAME_BYTES
}

const decode = (bytes: Uint8Array): Frame => {
  try {
    return decodeFrame(bytes)
  } catch (error) {
    if (error instanceof MalformedFrameError) throw malformed(error.message)
    throw error
  }
}
