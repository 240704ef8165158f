import { createWebinar, ROOT_OF } from '@foyer/doc'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Updates (V1) that cause much work with few bytes. No Yjs client writes them. */

const ROOT = ROOT_OF.room
/** Yjs' type number of a struct with plain values (ContentAny), and its flags. */
const PLAIN_VALUES = 8
const FOLLOWS = 128
const HAS_KEY = 32

/**
 * Deletions of the same few structs, repeated.
 * @param of number of structs of that client
 */
export const repeatedDeletions = (count: number, client: number, of: number): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, count)
  for (let i = 0; i < count; i++) {
    encoding.writeVarUint(encoder, i % of)
    encoding.writeVarUint(encoder, 1)
  }
  return encoding.toUint8Array(encoder)
}

/**
 * Clients with one struct each.
 * @param isChain each follows the previous one; otherwise each writes to its own key
 */
export const manyClients = (count: number, isChain: boolean): Uint8Array => {
  const first = Math.floor(Math.random() * 2 ** 31)
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, count)
  for (let i = count - 1; i >= 0; i--) {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, first + i)
    encoding.writeVarUint(encoder, 0)
    const follows = isChain && i > 0
    encoding.writeUint8(encoder, PLAIN_VALUES | (follows ? FOLLOWS : HAS_KEY))
    if (follows) {
      encoding.writeVarUint(encoder, first + i - 1)
      encoding.writeVarUint(encoder, 0)
    } else {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, ROOT)
      encoding.writeVarString(encoder, `${first + i}/name`)
    }
    encoding.writeVarUint(encoder, 1)
    encoding.writeAny(encoder, ['x', Date.now()])
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

/** A legitimate update of about this size: webinars with the longest descriptions. */
export const largeAnswer = (bytes: number): Uint8Array => {
  const doc = new Y.Doc()
  const description = 'An evening about doors. '.repeat(83)
  const schedule = { startsAt: '2031-03-01T10:00', timeZone: 'Europe/Berlin', minutes: 60 }
  doc.transact(() => {
    for (let i = 0; i < bytes / (description.length + 300); i++) {
      createWebinar(doc, { name: `Webinar ${i}`, schedule, description }, Date.now())
    }
  })
  return Y.encodeStateAsUpdate(doc)
}
