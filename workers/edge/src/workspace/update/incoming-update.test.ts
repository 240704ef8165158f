import { createRoom, editItem, itemRoot } from '@foyer/doc'
import { CLOSE } from '@foyer/sync/protocol'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { nested, rawUpdate, RawValue, type RawStruct, type RawUpdate } from '../../../test/raw-update.ts'
import { readIncomingUpdate } from './incoming-update.ts'
import { RefusedFrameError } from './refused-frame-error.ts'
import { createWorkspaceDocument } from '../document/workspace-document.ts'

const ADA = 1_000
const EVE = 7
const MALLORY = 2 ** 32 - 1

/** A document with one room, made by one Yjs client. */
const withRoom = () => {
  const doc = new Y.Doc()
  doc.clientID = ADA
  const id = createRoom(doc, { name: 'Weekly' }, 1)
  return { doc, name: `${id}/name` }
}
const { doc: shared, name } = withRoom()
const length = Y.getState(shared.store, ADA)

const values = (values: unknown[]): RawUpdate => ({
  structs: [{ client: EVE, structs: [{ key: name, values }] }]
})
const value = (value: unknown): RawUpdate => values([value])
const struct = (struct: RawStruct): RawUpdate => ({ structs: [{ client: EVE, structs: [struct] }] })
const entry = (text: string): RawStruct => ({ key: name, values: [[text, 5]] })
const after = (client: number, clock: number): RawStruct => ({ origin: [client, clock], values: [['x', 5]] })
const many = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => one(i))

const { malformed, tooLarge } = CLOSE
const OVERLONG = [125, ...many(200, () => 0x80), 1]

it.each<[string, number, RawUpdate]>([
  ['a bigint in an entry', malformed, value([10n, 5])],
  ['a bigint as its time', malformed, value(['x', 10n])],
  ['a bare bigint', malformed, value(10n)],
  ['a bigint in an object', malformed, value([{ accent: 10n }, 5])],
  ['bytes', malformed, value([new Uint8Array(3), 5])],
  ['undefined', malformed, value([undefined, 5])],
  ['undefined in an object', malformed, value([{ logo: undefined }, 5])],
  ['a list', malformed, value([[1, 2], 5])],
  ['an entry of a hundred parts', malformed, value(many(100, () => 1))],
  ['not a number', malformed, value([NaN, 5])],
  ['a time without end', malformed, value(['x', Infinity])],
  ['a number that lib0 reads as NaN', malformed, value([new RawValue(OVERLONG), 5])],
  [
    'a number beyond the exact ones',
    malformed,
    value([new RawValue([125, 0xbf, ...many(7, () => 0xff), 0x7f]), 5])
  ],
  ['half a surrogate pair', malformed, value([new RawValue([119, 3, 0xed, 0xa0, 0x80]), 5])],
  [
    'a key __proto__',
    malformed,
    value([new RawValue([118, 1, 9, ...new TextEncoder().encode('__proto__'), 126]), 5])
  ],
  ['a type that lib0 does not know', malformed, value([new RawValue([42]), 5])],
  ['an object 9 levels deep', malformed, value([nested(9), 5])],
  ['an object 5,000 levels deep', malformed, value([nested(5_000), 5])],
  ['an object of a thousand keys', malformed, value([Object.fromEntries(many(1_000, i => [`k${i}`, 1])), 5])],
  ['200,000 values in one item', tooLarge, values(many(200_000, () => ['x', 5]))],
  ['a text of 2 MB', tooLarge, value(['x'.repeat(2_000_000), 5])],
  ['a key of 10,000 characters', tooLarge, struct({ key: 'x'.repeat(10_000), values: [1] })],
  ['no value', malformed, struct({ key: name, values: [] })],
  ['nothing left of no value', malformed, struct({ key: name, deleted: 0 })],
  ['a jump of the clock', malformed, struct({ key: name, deleted: 2_000_000 })],
  ['a jump beyond the exact numbers', malformed, struct({ key: name, deleted: Number.MAX_SAFE_INTEGER })],
  ['a list entry', malformed, struct({ key: null, values: [['x', 5]] })],
  ['an unknown root', malformed, struct({ root: 'secrets', key: name, values: [['x', 5]] })],
  ['an entry that stands left of another', malformed, struct({ rightOrigin: [ADA, 0], values: [['x', 5]] })],
  ...[0, 2, 3, 4, 5, 6, 7, 9, 11, 31].map((kind): [string, number, RawUpdate] => [
    `a struct of kind ${kind}`,
    malformed,
    struct({ key: name, other: { kind, bytes: [1, 1, 1] } })
  ]),
  ['a client that Yjs would not make', malformed, { structs: [{ client: 2 ** 32, structs: [entry('x')] }] }],
  ['a client twice', malformed, { structs: [EVE, EVE].map(client => ({ client, structs: [entry('x')] })) }],
  ['an item that follows itself', malformed, struct(after(EVE, 0))],
  [
    'an item that follows a later one of its client',
    malformed,
    { structs: [{ client: EVE, structs: [after(EVE, 1), entry('x')] }] }
  ],
  [
    'items that wait for each other, beside a good one',
    malformed,
    {
      structs: [
        { client: EVE, structs: [entry('x'.repeat(300)), after(MALLORY, 1), entry('y')] },
        { client: MALLORY, structs: [after(EVE, 2), entry('z')] }
      ]
    }
  ],
  [
    'a circle of a hundred clients, beside deletions',
    malformed,
    {
      structs: many(100, i => ({ client: 10 + i, structs: [after(10 + ((i + 1) % 100), 1), entry('x')] })),
      deletions: [{ client: ADA, ranges: [[0, length]] }]
    }
  ],
  [
    'overlapping deletions',
    malformed,
    {
      deletions: [
        {
          client: ADA,
          ranges: [
            [0, 2],
            [1, 2]
          ]
        }
      ]
    }
  ],
  ['deletions of nothing', malformed, { deletions: [{ client: ADA, ranges: [[0, 0]] }] }],
  [
    '300,000 deletions of the same',
    malformed,
    { deletions: [{ client: ADA, ranges: many(300_000, () => [0, length]) }] }
  ],
  ['300,000 deletions', tooLarge, { deletions: [{ client: ADA, ranges: many(300_000, i => [i * 2, 1]) }] }],
  [
    '60,000 clients in a chain',
    tooLarge,
    { structs: many(60_000, i => ({ client: i, structs: [i === 0 ? entry('x') : after(i - 1, 0)] })) }
  ],
  [
    '10,000 edits of one field that know nothing of each other',
    tooLarge,
    { structs: [{ client: EVE, structs: many(10_000, () => entry('x')) }] }
  ]
])('refuses %s, and nothing of it is there', (_what, closeCode, update) => {
  const { doc } = withRoom()
  const before = Y.encodeStateAsUpdate(doc)
  let error: unknown
  try {
    readIncomingUpdate(doc, rawUpdate(update))
  } catch (caught) {
    error = caught
  }
  expect(error).toBeInstanceOf(RefusedFrameError)
  expect(error).toMatchObject({ closeCode })
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})

it('rejects truncated and trailing bytes', () => {
  const update = Y.encodeStateAsUpdate(shared)
  const fresh = new Y.Doc()
  for (let end = 0; end < update.length; end++) {
    expect(() => readIncomingUpdate(fresh, update.subarray(0, end))).toThrow(RefusedFrameError)
  }
  expect(() => readIncomingUpdate(fresh, new Uint8Array([...update, 0]))).toThrow(RefusedFrameError)
})

it.each<[string, RawUpdate]>([
  [
    'an edit after a later clock of its own client',
    { structs: [{ client: EVE, clock: 1, structs: [entry('x')] }] }
  ],
  ['an edit after one that is not there', struct(after(ADA, length))],
  ['a deletion of what is not there', { deletions: [{ client: ADA, ranges: [[0, length + 1]] }] }],
  ['a deletion of what nobody made', { deletions: [{ client: 99, ranges: [[0, 1]] }] }],
  [
    'items that wait for each other and for one that is not there',
    {
      structs: [
        { client: EVE, structs: [after(MALLORY, 1), after(99, 0)] },
        { client: MALLORY, structs: [after(EVE, 1), entry('x')] }
      ]
    }
  ],
  [
    'a struct that is left out',
    { structs: [{ client: EVE, structs: [{ other: { kind: 10, bytes: [3] } }, entry('x')] }] }
  ]
])('finds the gap in %s', (_what, update) => {
  const { doc } = withRoom()
  expect(readIncomingUpdate(doc, rawUpdate(update)).hasGap).toBe(true)
})

it('accepts what Yjs can order, and leaves nothing pending', () => {
  const { doc } = withRoom()
  // Each client's second edit follows the other's first: Yjs has to go back and forth.
  const update = rawUpdate({
    structs: [
      { client: EVE, structs: [entry('a'), after(MALLORY, 0), after(MALLORY, 1)] },
      { client: MALLORY, structs: [after(EVE, 0), after(EVE, 1)] }
    ]
  })
  expect(readIncomingUpdate(doc, update)).toMatchObject({ hasGap: false, clients: new Set([EVE, MALLORY]) })
  Y.applyUpdate(doc, update)
  expect(doc.store.pendingStructs).toBeNull()
})

it('accepts 10,000 merged values of one field', () => {
  const document = createWorkspaceDocument({ snapshot: null, updates: [], clients: new Map() })
  const ada = new Y.Doc({ gc: false })
  const id = createRoom(ada, { name: 'Weekly' }, 1)
  for (let i = 2; i < 9_000; i++) itemRoot(ada, 'room').set(`${id}/name`, [`Weekly ${i}`, i])
  const update = Y.encodeStateAsUpdate(ada)
  const author = { userId: 'ada', role: 'member' } as const
  const { outcomes } = document.apply([{ update, author, isSlice: true }], 10_000)
  expect(outcomes).toEqual([{ type: 'applied', refusals: [] }])
})

it.each<[string, RawStruct]>([
  ['another key of the item', { key: `${name.split('/')[0] ?? ''}/access`, values: [0, ['open', 5]] }],
  ['another item', { key: 'another/name', values: [0, ['x', 5]] }],
  ['another root', { root: 'workspace', key: 'schemaVersion', values: [0, [9, 5]] }],
  ['what follows another item', { origin: [ADA, 0], values: [0, ['x', 5]] }]
])('refuses a struct that is half known and says that it stands at %s', (_where, claimed) => {
  const { doc } = withRoom()
  Y.applyUpdate(
    doc,
    rawUpdate({ structs: [{ client: EVE, structs: [{ key: 'of eve/name', values: [['x', 5]] }] }] })
  )
  const update = (struct: RawStruct) => rawUpdate({ structs: [{ client: EVE, structs: [struct] }] })
  expect(() => readIncomingUpdate(doc, update(claimed))).toThrow('an item in two places')
  const honest = update({
    key: 'of eve/name',
    values: [
      ['x', 5],
      ['y', 6]
    ]
  })
  expect(readIncomingUpdate(doc, honest).places).toEqual([{ root: 'rooms', key: 'of eve/name' }])
})

it('limits deletions of live items, not of those in "Recently deleted"', () => {
  const doc = new Y.Doc()
  doc.clientID = ADA
  const ids = many(300, i => createRoom(doc, { name: `Room ${i}` }, 1))
  const everything = rawUpdate({ deletions: [{ client: ADA, ranges: [[0, Y.getState(doc.store, ADA)]] }] })
  expect(() => readIncomingUpdate(doc, everything)).toThrow('deletions of what was not deleted')
  for (const id of ids) editItem(doc, { kind: 'room', id }, { deletedAt: 2 }, 2)
  const { work, places } = readIncomingUpdate(doc, everything)
  expect(places.length).toBeGreaterThan(1_000)
  expect(work).toBeGreaterThanOrEqual(places.length)
})
