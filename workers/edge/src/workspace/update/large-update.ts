import { isCreation, isInRoot, itemRefOf, itemRoot, splitKey } from '@foyer/doc'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { causalOrder, placeOfItem, type ItemOf, type PlacedStruct } from './causal-order.ts'
import {
  BareDeletions,
  BYTES_OF_WORK,
  hasGap,
  nameOf,
  placesOf,
  STEPS_OF_WORK,
  type IncomingUpdate
} from './incoming-update.ts'
import { readUpdate, type Deletion, type Place } from './read-update.ts'

/** A larger update is sliced, so that other commits can run in between. */
export const WHOLE_BYTES = 16 * 1024

/** Default work of a slice, in values or deletions. */
export const SLICE_WORK = 1_000

/**
 * Yields a pause (null) or the next slice, which is an update on top of those before. `next` takes
 * the work of the following slices.
 */
export type SliceGenerator<End> = Generator<Uint8Array | null, End, number | undefined>

/**
 * Slices an update as if its device had sent the edits one by one. The whole update is checked
 * before the first slice.
 * @param check checks the author.
 * @throws {RefusedFrameError}
 * @throws {RefusedFrameError}
 */
export function* sliceUpdate(
  doc: Y.Doc,
  update: Uint8Array,
  check: (incoming: Pick<IncomingUpdate, 'clients' | 'places'>) => void
): SliceGenerator<'gap' | 'done'> {
  const read = yield* paused(readUpdate(update, false))
  if (hasGap(doc.store, read)) return 'gap'
  const structs = yield* paused(causalOrder(doc, read, itemAt(doc)))
  check({
    clients: new Set(structs.map(({ client }) => client)),
    places: structs.slice(0, 1).map(({ place }) => place)
  })
  yield* paused(countBareDeletions(doc, structs, read.deletions))
  yield* cut(structs, structWork, slice => encodeStructs(update, slice))
  const deletions = yield* deletionsByItem(doc, read.deletions)
  yield* cut(
    deletions,
    ({ length }) => length,
    slice => encodeDeletions(slice.flat())
  )
  return 'done'
}

function* paused<T>(work: Generator<void, T>): Generator<null, T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value
    yield null
  }
}

function* cut<T>(
  all: T[],
  workOf: (one: T) => number,
  encode: (slice: T[]) => Uint8Array
): Generator<Uint8Array, void, number | undefined> {
  let slice: T[] = []
  let work = 0
  let most = SLICE_WORK
  for (const one of all) {
    slice.push(one)
    work += workOf(one)
    if (work < most) continue
    most = (yield encode(slice)) ?? most
    slice = []
    work = 0
  }
  if (slice.length > 0) yield encode(slice)
}

function* countBareDeletions(
  doc: Y.Doc,
  structs: PlacedStruct[],
  deletions: Deletion[]
): Generator<void, void> {
  const written = new Set(structs.map(({ place }) => nameOf(place)))
  const bare = new BareDeletions(doc)
  let steps = 0
  for (const deletion of deletions) {
    for (const place of placesOf(doc.store, deletion)) {
      if (place !== null && !written.has(nameOf(place))) bare.count(place)
      if (++steps % 1_000 === 0) yield
    }
  }
}

const structWork = ({ from, to, valueCount, conflictSteps }: PlacedStruct): number =>
  1 + valueCount + (to - from) / BYTES_OF_WORK + conflictSteps / STEPS_OF_WORK

/** A new item must be created before its other fields, or they would be discarded. */
const itemAt =
  (doc: Y.Doc): ItemOf =>
  ({ root, key }) => {
    const ref = itemRefOf(root, key)
    if (ref === undefined || isInRoot(itemRoot(doc, ref.kind), ref.id)) return null
    return { item: `${root}/${ref.id}`, isCreation: isCreation(key) }
  }

/** Groups deletions by item: an item may only be purged as a whole. */
function* deletionsByItem(doc: Y.Doc, deletions: Deletion[]): Generator<null, Deletion[][]> {
  const byItem = new Map<string, Deletion[]>()
  let steps = 0
  for (const { client, clock: from, length } of deletions) {
    const end = from + length
    for (let clock = from; clock < end;) {
      if (++steps % 1_000 === 0) yield null
      const item = Y.getItem(doc.store, Y.createID(client, clock))
      const until = item.id.clock + item.length
      if (!item.deleted) {
        const name = itemName(placeOfItem(item))
        const some = byItem.get(name) ?? []
        byItem.set(name, some)
        some.push({ client, clock, length: Math.min(until, end) - clock })
      }
      clock = until
    }
  }
  return [...byItem.values()]
}

const itemName = (place: Place | undefined): string =>
  place === undefined ? '' : `${place.root}/${splitKey(place.key)?.id ?? place.key}`

/** The structs of one client must be consecutive. */
const encodeStructs = (update: Uint8Array, structs: PlacedStruct[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  const byClient = Map.groupBy(structs, ({ client }) => client)
  encoding.writeVarUint(encoder, byClient.size)
  for (const [client, [first, ...others]] of byClient) {
    if (first === undefined) continue
    encoding.writeVarUint(encoder, 1 + others.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, first.clock)
    const last = others.at(-1) ?? first
    encoding.writeUint8Array(encoder, update.subarray(first.from, last.to))
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

const encodeDeletions = (deletions: Deletion[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  const byClient = Map.groupBy(deletions, ({ client }) => client)
  encoding.writeVarUint(encoder, byClient.size)
  for (const [client, ranges] of byClient) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const { clock, length } of ranges.sort((a, b) => a.clock - b.clock)) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, length)
    }
  }
  return encoding.toUint8Array(encoder)
}
