import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { parseRole, type Role } from '@foyer/access'
import { readNotice, writeNotice, type Notice } from './notice.ts'

export { CLOSE } from './close-codes.ts'
export type { Notice } from './notice.ts'

/** Raised when a client of an earlier version could no longer talk to the server. */
export const PROTOCOL_VERSION = 2

/** Largest frame that either side accepts, in bytes. */
export const MAX_FRAME_BYTES = 1024 * 1024

/**
 * First number of a frame: 0–3 are y-protocols' own, the others go to clients that
 * say `?protocol=`.
 */
export const FRAME = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  hello: 16,
  ack: 17,
  usage: 18,
  notice: 19
} as const

/** Second number of a sync frame (y-protocols). */
export const SYNC_STEP = { stateVector: 0, missing: 1, update: 2 } as const

export interface Hello {
  protocol: number
  /** Rises when the document is restored. Different generations must not be merged. */
  generation: number
  /** ms since 1970 */
  serverTime: number
  userId: string
  role: Role
}

export interface UsageEntry {
  itemId: string
  /** ms since 1970 */
  lastUsedAt: number
  /** People in the item now. */
  live: number
}

export type Frame =
  | { type: 'state-vector'; stateVector: Uint8Array }
  | { type: 'missing'; update: Uint8Array }
  | { type: 'update'; update: Uint8Array }
  | { type: 'awareness'; update: Uint8Array }
  | { type: 'query-awareness' }
  | ({ type: 'hello' } & Hello)
  | { type: 'ack'; count: number }
  | { type: 'usage'; entries: UsageEntry[] }
  | ({ type: 'notice' } & Notice)

/** Not a frame of this protocol. */
export class MalformedFrameError extends Error {
  override name = 'MalformedFrameError'
}

const encode = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

const encodeSync = (step: number, payload: Uint8Array): Uint8Array =>
  encode(encoder => {
    encoding.writeVarUint(encoder, FRAME.sync)
    encoding.writeVarUint(encoder, step)
    encoding.writeVarUint8Array(encoder, payload)
  })

/** Asks for everything beyond this state vector. */
export const encodeStateVector = (stateVector: Uint8Array): Uint8Array =>
  encodeSync(SYNC_STEP.stateVector, stateVector)

/** Answers a state vector with what its sender is missing. Counts as one update frame. */
export const encodeMissing = (update: Uint8Array): Uint8Array => encodeSync(SYNC_STEP.missing, update)

export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeSync(SYNC_STEP.update, update)

/** @param update as made by y-protocols' `encodeAwarenessUpdate` */
export const encodeAwareness = (update: Uint8Array): Uint8Array =>
  encode(encoder => {
    encoding.writeVarUint(encoder, FRAME.awareness)
    encoding.writeVarUint8Array(encoder, update)
  })

/** Asks the others for their awareness states. */
export const encodeQueryAwareness = (): Uint8Array =>
  encode(encoder => {
    encoding.writeVarUint(encoder, FRAME.queryAwareness)
  })

export const encodeHello = ({ protocol, generation, serverTime, userId, role }: Hello): Uint8Array =>
  encode(encoder => {
    encoding.writeVarUint(encoder, FRAME.hello)
    encoding.writeVarUint(encoder, protocol)
    encoding.writeVarUint(encoder, generation)
    encoding.writeVarUint(encoder, serverTime)
    encoding.writeVarString(encoder, userId)
    encoding.writeVarString(encoder, role)
  })

/** @param count all durable update frames of this connection */
export const encodeAck = (count: number): Uint8Array =>
  encode(encoder => {
    encoding.writeVarUint(encoder, FRAME.ack)
    encoding.writeVarUint(encoder, count)
  })

/** Both directions; a client's entries carry no count of people. */
export const encodeUsage = (entries: UsageEntry[]): Uint8Array =>
  encode(encoder => {
    encoding.writeVarUint(encoder, FRAME.usage)
    encoding.writeVarUint(encoder, entries.length)
    for (const { itemId, lastUsedAt, live } of entries) {
      encoding.writeVarString(encoder, itemId)
      encoding.writeVarUint(encoder, lastUsedAt)
      encoding.writeVarUint(encoder, live)
    }
  })

export const encodeNotice = (notice: Notice): Uint8Array =>
  encode(encoder => {
    encoding.writeVarUint(encoder, FRAME.notice)
    encoding.writeVarString(encoder, writeNotice(notice))
  })

/** @throws {MalformedFrameError} */
export const decodeFrame = (bytes: Uint8Array): Frame => {
  const decoder = decoding.createDecoder(bytes)
  try {
    const frame = readFrame(decoder)
    if (decoding.hasContent(decoder)) throw new MalformedFrameError('bytes after the end of the frame')
    return frame
  } catch (error) {
    if (error instanceof MalformedFrameError) throw error
    throw new MalformedFrameError('the frame ends early or holds a number out of range')
  }
}

const readFrame = (decoder: decoding.Decoder): Frame => {
  const type = decoding.readVarUint(decoder)
  switch (type) {
    case FRAME.sync:
      return readSync(decoder)
    case FRAME.awareness:
      return { type: 'awareness', update: decoding.readVarUint8Array(decoder) }
    case FRAME.queryAwareness:
      return { type: 'query-awareness' }
    case FRAME.hello:
      return {
        type: 'hello',
        protocol: decoding.readVarUint(decoder),
        generation: decoding.readVarUint(decoder),
        serverTime: decoding.readVarUint(decoder),
        userId: decoding.readVarString(decoder),
        role: parseRole(decoding.readVarString(decoder))
      }
    case FRAME.ack:
      return { type: 'ack', count: decoding.readVarUint(decoder) }
    case FRAME.usage:
      return { type: 'usage', entries: readUsage(decoder) }
    case FRAME.notice:
      return { type: 'notice', ...requireNotice(decoding.readVarString(decoder)) }
    default:
      throw new MalformedFrameError(`there is no frame type ${type}`)
  }
}

const requireNotice = (text: string): Notice => {
  const notice = readNotice(text)
  if (notice === null) throw new MalformedFrameError('no notice')
  return notice
}

const readSync = (decoder: decoding.Decoder): Frame => {
  const step = decoding.readVarUint(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  switch (step) {
    case SYNC_STEP.stateVector:
      return { type: 'state-vector', stateVector: payload }
    case SYNC_STEP.missing:
      return { type: 'missing', update: payload }
    case SYNC_STEP.update:
      return { type: 'update', update: payload }
    default:
      throw new MalformedFrameError(`there is no sync step ${step}`)
  }
}

const readUsage = (decoder: decoding.Decoder): UsageEntry[] => {
  const entries: UsageEntry[] = []
  const length = decoding.readVarUint(decoder)
  for (let i = 0; i < length; i++) {
    entries.push({
      itemId: decoding.readVarString(decoder),
      lastUsedAt: decoding.readVarUint(decoder),
      live: decoding.readVarUint(decoder)
    })
  }
  return entries
}
