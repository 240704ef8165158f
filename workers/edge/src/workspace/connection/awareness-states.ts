import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { malformed } from '../update/refused-frame-error.ts'

/** One client's state as y-protocols puts it on the wire. */
export interface AwarenessState {
  client: number
  clock: number
  /** JSON; `null` for a client that is gone. */
  json: string
}

/** A stock client echoes all states: more than any workspace has. */
const MAX_STATES = 5_000
/** Yjs clients are 32-bit numbers. */
const MAX_CLIENT = 2 ** 32 - 1
/** Nesting of a state. */
const MAX_DEPTH = 16

/** Leaves the JSON unparsed: echoes need no parsing. @throws {RefusedFrameError} */
export const decodeStates = (update: Uint8Array): AwarenessState[] => {
  try {
    const decoder = decoding.createDecoder(update)
    const states: AwarenessState[] = []
    const count = decoding.readVarUint(decoder)
    if (count > MAX_STATES) throw malformed('too many awareness states')
    for (let left = count; left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      if (client > MAX_CLIENT) throw malformed('not a Yjs client')
      states.push({
        client,
        clock: decoding.readVarUint(decoder),
        json: decoding.readVarString(decoder)
      })
    }
    if (decoding.hasContent(decoder)) throw malformed('bytes after the awareness states')
    return states
  } catch {
    throw malformed('not an awareness update')
  }
}

export const encodeStates = (states: AwarenessState[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, states.length)
  for (const { client, clock, json } of states) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, json)
  }
  return encoding.toUint8Array(encoder)
}

/**
 * Parses a state into a new plain object, so that no original text is relayed.
 * @returns null for a client that is gone
 * @throws {RefusedFrameError}
 */
export const parseState = (json: string): Record<string, unknown> | null => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw malformed('an awareness state that is no JSON')
  }
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value))
    throw malformed('an awareness state that is no object')
  return copy(value, 1) as Record<string, unknown>
}

const copy = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) throw malformed('an awareness state that is too deep')
  if (Array.isArray(value)) return value.map(part => copy(part, depth + 1))
  const entries = Object.entries(value)
    // Prevents prototype pollution in clients that merge states.
    .filter(([key]) => key !== '__proto__')
    .map(([key, part]) => [key.toWellFormed(), copy(part, depth + 1)])
  return Object.fromEntries(entries)
}
