import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Peer } from './peer.ts'
import { malformed } from './refused-message-error.ts'

interface State {
  client: number
  clock: number
  /** JSON; "null" for a client that is gone. */
  state: string
}

/**
 * Passes on who shows what of themselves, and keeps none of it but whose each awareness client is: nobody can
 * speak as another. Stock clients repeat what they heard of others, so that what is foreign is left out and
 * not held against its sender.
 */
export interface AwarenessRelay {
  /**
   * @param update as y-protocols encodes it
   * @returns what the others may hear, and whether something was left out
   * @throws {RefusedMessageError}
   */
  take(peer: Peer, update: Uint8Array): { relayed: Uint8Array | null; leftOut: boolean }
  /** What the others have to hear when a connection ends. */
  leave(peer: Peer): Uint8Array | null
}

export const createAwarenessRelay = (): AwarenessRelay => {
  const owners = new Map<number, { peer: Peer; clock: number }>()

  return {
    take(peer, update) {
      const states = decode(update)
      const own = states.filter(({ client }) => {
        const owner = owners.get(client)
        return owner === undefined || owner.peer.identity.userId === peer.identity.userId
      })
      for (const { client, clock, state } of own) {
        if (state === 'null') owners.delete(client)
        else owners.set(client, { peer, clock })
      }
      return { relayed: own.length === 0 ? null : encode(own), leftOut: own.length < states.length }
    },
    leave(peer) {
      const gone = [...owners].filter(([, owner]) => owner.peer === peer)
      for (const [client] of gone) owners.delete(client)
      if (gone.length === 0) return null
      return encode(gone.map(([client, { clock }]) => ({ client, clock: clock + 1, state: 'null' })))
    }
  }
}

const decode = (update: Uint8Array): State[] => {
  try {
    const decoder = decoding.createDecoder(update)
    const states: State[] = []
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state = decoding.readVarString(decoder)
      JSON.parse(state)
      states.push({ client, clock, state })
    }
    return states
  } catch {
    throw malformed('not an awareness update')
  }
}

const encode = (states: State[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, states.length)
  for (const { client, clock, state } of states) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, state)
  }
  return encoding.toUint8Array(encoder)
}
