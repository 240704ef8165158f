import * as Y from 'yjs'
import { causalOrder, coverage, placeOfItem } from './causal-order.ts'
import { readUpdate, type Deletion, type Place, type ReadUpdate } from './read-update.ts'

export type { Place } from './read-update.ts'

/** A value that an update writes, whether or not Yjs lets it win. */
export interface Write extends Place {
  value: unknown
}

/** What an update would do, read without applying it. */
export interface IncomingUpdate {
  /** It builds on something that is neither here nor in it; nothing else below is filled in then. */
  hasGap: boolean
  /** Clients that it brings new structs of. */
  clients: Set<number>
  writes: Write[]
  /** Every place that it may change, written or deleted. */
  places: Place[]
}

const GAP: IncomingUpdate = { hasGap: true, clients: new Set(), writes: [], places: [] }

/**
 * Reads an update against the document it is meant for, and checks its structure (DESIGN §6.2): only plain
 * values under keys of the known root maps. What passes can be applied without leaving anything pending.
 * @throws {RefusedMessageError}
 */
export const readIncomingUpdate = (doc: Y.Doc, update: Uint8Array): IncomingUpdate => {
  const read = finish(readUpdate(update))
  if (hasGap(doc.store, read)) return GAP
  const structs = finish(causalOrder(doc, read))
  const places = new Map<string, Place>()
  const note = (place: Place) => places.set(`${place.root}/${place.key}`, place)
  for (const { place } of structs) note(place)
  for (const deletion of read.deletions) for (const place of placesOf(doc.store, deletion)) note(place)
  return {
    hasGap: false,
    clients: new Set(structs.map(({ client }) => client)),
    writes: structs.flatMap(({ place, values }) => values.map(value => ({ ...place, value }))),
    places: [...places.values()]
  }
}

/** Does an update build on something that is neither in the document nor in it? */
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

/** The places of what an update deletes, of all that the document has and shows. */
function* placesOf(store: Y.Doc['store'], { client, clock: from, length }: Deletion): Iterable<Place> {
  const end = Math.min(from + length, Y.getState(store, client))
  for (let clock = from; clock < end;) {
    const item = Y.getItem(store, Y.createID(client, clock))
    if (!item.deleted) {
      const place = placeOfItem(item)
      if (place !== undefined) yield place
    }
    clock = item.id.clock + item.length
  }
}
