import * as Y from 'yjs'
import type { Id, Place, ReadStruct, ReadUpdate } from './read-update.ts'
import { malformed, tooLarge } from './refused-frame-error.ts'
import { BOUNDS } from './update-bounds.ts'

type Store = Y.Doc['store']

/** A struct that is new to the document, at least in part, with its place. */
export interface PlacedStruct extends ReadStruct {
  place: Place
  /** Upper bound of the concurrent edits of the same key that Yjs has to step past. */
  conflictSteps: number
}

/** Each client's clock after the update; null when the update leaves a gap. */
export const coverage = (store: Store, { clients }: ReadUpdate): ((client: number) => number) | null => {
  if (clients === null) return null
  const ends = new Map<number, number>()
  for (const [client, structs] of clients) {
    const first = structs[0]
    const last = structs.at(-1)
    if (first === undefined || last === undefined) continue
    const state = Y.getState(store, client)
    if (first.clock > state) return null
    ends.set(client, Math.max(state, last.clock + last.length))
  }
  return client => ends.get(client) ?? Y.getState(store, client)
}

/** The item of a place, and whether an entry there creates the item. */
export type ItemOf = (place: Place) => { item: string; isCreation: boolean } | null

/** Wait for another client's structs up to a clock. */
interface Dependency {
  client: number
  until: number
  /** Not required by Yjs: an item should be created before its other fields are set. */
  isOptional: boolean
}

/** Conflicts of optional dependencies with required ones, after which optional ones are ignored. */
const MAX_DROPPED_OPTIONAL = 1_000

/**
 * Sorts the new structs of an update so that each comes after the one it follows. With such an
 * order Yjs can apply all of them and leaves none pending.
 * @param update without a gap (see `coverage`)
 * @param itemOf if given, an item is created before its other fields are set, where possible
 * @throws {RefusedFrameError} a cycle
 */
export function* causalOrder(
  doc: Y.Doc,
  update: ReadUpdate,
  itemOf: ItemOf | null = null
): Generator<void, PlacedStruct[]> {
  const { store } = doc
  const clients = update.clients ?? new Map<number, ReadStruct[]>()
  const next = new Map<number, number>()
  const reached = (client: number) => {
    const structs = clients.get(client)
    const struct = structs?.[next.get(client) ?? 0]
    if (struct !== undefined) return Math.max(struct.clock, Y.getState(store, client))
    const last = structs?.at(-1)
    return Math.max(Y.getState(store, client), last === undefined ? 0 : last.clock + last.length)
  }
  const ordered: PlacedStruct[] = []
  const placed = new Map<ReadStruct, Place>()
  const tails = new KeyTails(doc)
  const creations = itemOf === null ? null : creationsOf(clients, itemOf)
  const ignored = new Set<ReadStruct>()
  let droppedOptional = 0
  let ticks = 0
  let conflictSteps = 0
  let work = 0

  const claimedPlaceOf = ({ origin, place }: ReadStruct): Place | undefined => {
    if (origin === null) return place ?? undefined
    const followed = placeAt(store, origin)
    if (followed !== undefined) return followed
    const struct = structAt(clients, origin)
    return struct === undefined ? undefined : placed.get(struct)
  }
  const placeOf = (struct: ReadStruct): Place => {
    const place = claimedPlaceOf(struct)
    if (place === undefined) throw malformed('an item without a place')
    const state = Y.getState(store, struct.client)
    if (struct.clock >= state) return place
    // Yjs appends the new part to the known part, whatever place the struct claims.
    const known = placeAt(store, { client: struct.client, clock: state - 1 })
    if (known?.root !== place.root || known.key !== place.key) throw malformed('an item in two places')
    return known
  }

  for (const client of clients.keys()) {
    const stack: Dependency[] = [{ client, until: Infinity, isOptional: false }]
    const waiting = new Set([client])
    for (let dependency = stack.at(-1); dependency !== undefined; dependency = stack.at(-1)) {
      if (++work % 1_000 === 0) yield
      const structs = clients.get(dependency.client) ?? []
      const index = next.get(dependency.client) ?? 0
      const struct = structs[index]
      if (struct === undefined || struct.clock >= dependency.until) {
        stack.pop()
        waiting.delete(dependency.client)
        continue
      }
      if (struct.clock + struct.length <= Y.getState(store, dependency.client)) {
        next.set(dependency.client, index + 1) // a duplicate
        continue
      }
      const { origin } = struct
      if (origin?.client === struct.client && origin.clock >= struct.clock) {
        throw malformed('an item that follows a later one')
      }
      if (origin !== null && origin.client !== struct.client && origin.clock >= reached(origin.client)) {
        if (waiting.has(origin.client)) {
          if (!dropOptional(origin.client)) throw malformed('items that wait for each other')
        } else {
          stack.push({ client: origin.client, until: origin.clock + 1, isOptional: false })
          waiting.add(origin.client)
        }
        continue
      }
      const place = placeOf(struct)
      const optional =
        droppedOptional < MAX_DROPPED_OPTIONAL && !ignored.has(struct) ? creationOf(place) : null
      if (optional !== null && optional.clock >= reached(optional.client)) {
        if (waiting.has(optional.client)) {
          ignored.add(struct)
          droppedOptional++
        } else {
          stack.push({ client: optional.client, until: optional.clock + 1, isOptional: true })
          waiting.add(optional.client)
        }
        continue
      }
      const steps = tails.add(struct, place)
      ticks += struct.length
      conflictSteps += steps
      if (ticks > BOUNDS.ticks) throw malformed('an update jumps ahead')
      if (conflictSteps > BOUNDS.conflictSteps) throw tooLarge('Too many edits of one field at once.')
      placed.set(struct, place)
      ordered.push({ ...struct, place, conflictSteps: steps })
      next.set(dependency.client, index + 1)
    }

    /** Breaks a cycle by dropping an optional dependency in it. */
    function dropOptional(client: number): boolean {
      const from = stack.findIndex(dependency => dependency.client === client)
      const optional = stack.findIndex((dependency, index) => index > from && dependency.isOptional)
      const dependent = stack[optional - 1]
      if (optional === -1 || dependent === undefined) return false
      const struct = clients.get(dependent.client)?.[next.get(dependent.client) ?? 0]
      if (struct !== undefined) ignored.add(struct)
      droppedOptional++
      for (const { client } of stack.splice(optional)) waiting.delete(client)
      return true
    }
  }
  return ordered

  function creationOf(place: Place): ReadStruct | null {
    const at = itemOf?.(place) ?? null
    return at === null || at.isCreation ? null : (creations?.get(at.item) ?? null)
  }
}

/** For each item the first struct that creates it. */
const creationsOf = (clients: Map<number, ReadStruct[]>, itemOf: ItemOf): Map<string, ReadStruct> => {
  const creations = new Map<string, ReadStruct>()
  for (const structs of clients.values()) {
    for (const struct of structs) {
      const at = struct.place === null ? null : itemOf(struct.place)
      if (at?.isCreation === true && !creations.has(at.item)) creations.set(at.item, struct)
    }
  }
  return creations
}

const structAt = (clients: Map<number, ReadStruct[]>, { client, clock }: Id): ReadStruct | undefined => {
  const structs = clients.get(client) ?? []
  let low = 0
  let high = structs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const struct = structs[middle]
    if (struct === undefined) return undefined
    if (clock < struct.clock) high = middle - 1
    else if (clock >= struct.clock + struct.length) low = middle + 1
    else return struct
  }
  return undefined
}

/** The place of the document's struct at an id; undefined without a struct or a place. */
const placeAt = (store: Store, { client, clock }: Id): Place | undefined =>
  clock < Y.getState(store, client) ? placeOfItem(Y.getItem(store, Y.createID(client, clock))) : undefined

/** The place of a Yjs item. */
export const placeOfItem = (item: Y.Item | Y.GC): Place | undefined => {
  if (!(item instanceof Y.Item) || item.parentSub === null || !(item.parent instanceof Y.Map))
    return undefined
  return { root: Y.findRootTypeKey(item.parent), key: item.parentSub }
}

interface Tail {
  /** The id that a sequential next edit of the key follows. */
  last: Id | null
  /** Edits of the key in the update. */
  added: number
  /** Yjs items of the key in the document; counted lazily. */
  stored: number | null
}

/** The last edit of each key, and their number. */
class KeyTails {
  readonly #doc: Y.Doc
  readonly #tails = new Map<string, Tail>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** @returns the items that Yjs may have to step past */
  add({ client, clock, length, origin }: ReadStruct, { root, key }: Place): number {
    const name = `${root}/${key}`
    const standing = () => this.#doc.getMap(root)._map.get(key) ?? null
    const tail = this.#tails.get(name) ?? { last: standing()?.lastId ?? null, added: 0, stored: null }
    this.#tails.set(name, tail)
    const isNext = sameId(origin, tail.last)
    // It follows its own client's previous edit, so there is nothing between the two.
    const isOwnNext = origin?.client === client && origin.clock === clock - 1
    let steps = 0
    if (!isNext && !isOwnNext) {
      tail.stored ??= lengthOf(standing())
      steps = tail.added + tail.stored
    }
    if (isNext) tail.last = { client, clock: clock + length - 1 }
    tail.added++
    return steps
  }
}

const lengthOf = (last: Y.Item | null): number => {
  let length = 0
  for (let item = last; item !== null && length < BOUNDS.conflictSteps; item = item.left) length++
  return length
}

const sameId = (a: Id | null, b: Id | null): boolean => a?.client === b?.client && a?.clock === b?.clock
