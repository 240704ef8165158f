import { fieldKey, itemIdOf, parseEntry } from '@foyer/doc'
import * as Y from 'yjs'
import { causalOrder, coverage, placeOfItem } from './causal-order.ts'
import { readUpdate, type Deletion, type Place, type ReadUpdate } from './read-update.ts'
import { malformed } from './refused-frame-error.ts'
import { BOUNDS } from './update-bounds.ts'

export type { Place } from './read-update.ts'

/** A value that an update writes, also if it loses in Yjs. */
export interface Write extends Place {
  value: unknown
}

/** What an update would change. */
export interface IncomingUpdate {
  /** It depends on missing structs; the other fields are empty then. */
  hasGap: boolean
  /** Clients with new structs. */
  clients: Set<number>
  writes: Write[]
  /** Places that it writes or deletes. */
  places: Place[]
  /** Estimated cost: 1 for each value, deletion, 512 bytes and 100 conflict steps. */
  work: number
}

const GAP: IncomingUpdate = { hasGap: true, clients: new Set(), writes: [], places: [], work: 0 }
/** Each is about as much work as one value. */
export const STEPS_OF_WORK = 100
export const BYTES_OF_WORK = 512

/**
 * Reads an update against its document and checks its structure (docs/design.md#checks): only plain
 * values under keys of the known root maps. An update that passes leaves nothing pending in Yjs.
 * @throws {RefusedFrameError}
 */
export const readIncomingUpdate = (doc: Y.Doc, update: Uint8Array): IncomingUpdate => {
  const read = finish(readUpdate(update))
  if (hasGap(doc.store, read)) return GAP
  const structs = finish(causalOrder(doc, read))
  const places = new Map<string, Place>()
  const note = (place: Place) => places.set(nameOf(place), place)
  for (const { place } of structs) note(place)
  const written = new Set(places.keys())
  const bare = new BareDeletions(doc)
  let deletions = 0
  let steps = structs.reduce((sum, { conflictSteps }) => sum + conflictSteps, 0)
  for (const deletion of read.deletions) {
    for (const place of placesOf(doc.store, deletion)) {
      steps++
      if (place === null) continue
      deletions++
      note(place)
      if (!written.has(nameOf(place))) bare.count(place)
    }
  }
  const values = structs.reduce((sum, { valueCount }) => sum + 1 + valueCount, 0)
  return {
    hasGap: false,
    work: values + deletions + steps / STEPS_OF_WORK + update.length / BYTES_OF_WORK,
    clients: new Set(structs.map(({ client }) => client)),
    writes: structs.flatMap(({ place, values }) => values.map(value => ({ ...place, value }))),
    places: [...places.values()]
  }
}

/**
 * Counts deletions without a new value. Only items in "Recently deleted" may be removed like that.
 * The rest is put back, which costs more than the deletion, so it is limited.
 */
export class BareDeletions {
  readonly #doc: Y.Doc
  #putBack = 0

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** @throws {RefusedFrameError} */
  count({ root, key }: Place): void {
    const id = itemIdOf(root, key)
    const map = this.#doc.getMap(root)
    if (id !== undefined && (parseEntry(map.get(fieldKey(id, 'deletedAt')))?.[0] ?? null) !== null) return
    if (++this.#putBack > BOUNDS.putBack) throw malformed('deletions of what was not deleted')
  }
}

export const nameOf = ({ root, key }: Place): string => `${root}/${key}`

/** Whether an update depends on structs that are neither in the document nor in itself. */
export const hasGap = (store: Y.Doc['store'], update: ReadUpdate): boolean => {
  const covered = coverage(store, update)
  if (covered === null) return true
  for (const [client, structs] of update.clients ?? []) {
    const state = Y.getState(store, client)
    for (const { clock, length, origin } of structs) {
      if (clock + length > state && origin !== null && origin.clock >= covered(origin.client)) return true
    }
  }
  return update.deletions.some(({ client, clock, length }) => clock + length > covered(client))
}

const finish = <T>(work: Generator<void, T>): T => {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** The places that a deletion affects; null for structs that are deleted already. */
export function* placesOf(
  store: Y.Doc['store'],
  { client, clock: from, length }: Deletion
): Iterable<Place | null> {
  const end = Math.min(from + length, Y.getState(store, client))
  for (let clock = from; clock < end;) {
    const item = Y.getItem(store, Y.createID(client, clock))
    yield item.deleted ? null : (placeOfItem(item) ?? null)
    clock = item.id.clock + item.length
  }
}
