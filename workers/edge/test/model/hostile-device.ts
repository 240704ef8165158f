import { encodeMissing, encodeUpdate, PROTOCOL_VERSION } from '@foyer/sync/protocol'
import fc from 'fast-check'
import * as Y from 'yjs'
import { nested, rawUpdate, type RawStruct, type RawUpdate } from '../raw-update.ts'
import { ClientSocket } from './client-socket.ts'
import { storedDocument } from './expectations.ts'
import type { World } from './world.ts'

/** The host that it comes from; the first person is its owner. */
export const HOSTILE = 'hostile'

/** Its own Yjs clients: nothing of them may be anywhere, ever. */
const FIRST_CLIENT = 2 ** 32 - 1_000

interface Wrong {
  values?: unknown[]
  /** So many Yjs clients wait for each other. */
  circle?: number
  /** A deletion is there twice. */
  twice?: boolean
}

/** What is wrong with an update, each beside things that would be right. */
const WRONGS = {
  'a bigint': { values: [[10n, 5]] },
  'a time that is a bigint': { values: [['x', 10n]] },
  'a deep object': { values: [[nested(200), 5]] },
  bytes: { values: [[new Uint8Array(2), 5]] },
  'one that follows a later one': { circle: 1 },
  'two that wait for each other': { circle: 2 },
  'three that wait for each other': { circle: 3 },
  'deletions that overlap': { twice: true }
} satisfies Record<string, Wrong>

export interface Attack {
  wrong: keyof typeof WRONGS
  /** Which of the keys in the document it aims at, counted round. */
  key: number
  isAnswer: boolean
  /**
   * Beside it stands a name that is too long, an epoch that falls, or the deletion of everything.
   */
  beside: 'name' | 'epoch' | 'deletions'
}

export const anyAttack: fc.Arbitrary<Attack> = fc.record({
  wrong: fc.constantFrom(...(Object.keys(WRONGS) as (keyof typeof WRONGS)[])),
  key: fc.nat(200),
  isAnswer: fc.boolean(),
  beside: fc.constantFrom('name' as const, 'epoch' as const, 'deletions' as const)
})

/** A member's connection that sends one update which has to be refused as a whole. */
export const attack = (world: World, { isAnswer, ...how }: Attack): void => {
  const socket = new ClientSocket(`ws://${HOSTILE}/sync/w?protocol=${PROTOCOL_VERSION}`)
  let hasSent = false
  socket.onmessage = () => {
    if (hasSent) return
    hasSent = true
    const update = forge(storedDocument(world), how)
    socket.send(isAnswer ? encodeMissing(update) : encodeUpdate(update))
  }
}

/** Waits for the next one's second struct, as all of them do. */
const inCircle = (index: number, length: number, key: string): NonNullable<RawUpdate['structs']>[number] => ({
  client: FIRST_CLIENT + 1 + index,
  structs: [
    { origin: [FIRST_CLIENT + 1 + ((index + 1) % length), 1], values: [['x', 5]] },
    { key, values: [['y', Date.now()]] }
  ]
})

const forge = (doc: Y.Doc, { wrong, key: index, beside }: Omit<Attack, 'isAnswer'>): Uint8Array => {
  const keys = [...doc.getMap('rooms').keys()].sort()
  const key = keys[index % Math.max(1, keys.length)] ?? 'nobody/name'
  const id = key.split('/')[0] ?? ''
  const { values, circle = 0, twice = false }: Wrong = WRONGS[wrong]
  const good: RawStruct =
    beside === 'epoch'
      ? { key: `${id}/links`, values: [[{ slug: 'x', epoch: 0 }, 5]] }
      : { key: `${id}/name`, values: [[beside === 'name' ? 'x'.repeat(300) : 'Smuggled', Date.now()]] }
  const update: RawUpdate = {
    structs: [
      { client: FIRST_CLIENT, structs: values === undefined ? [good] : [good, { key, values }] },
      ...Array.from({ length: circle }, (_, i) => inCircle(i, circle, key))
    ],
    deletions:
      beside === 'deletions'
        ? [...Y.decodeStateVector(Y.encodeStateVector(doc))].map(([client, length]) => ({
            client,
            ranges: [[0, length]]
          }))
        : []
  }
  if (twice) {
    update.deletions = [
      {
        client: FIRST_CLIENT,
        ranges: [
          [0, 1],
          [0, 1]
        ]
      }
    ]
  }
  return rawUpdate(update)
}
