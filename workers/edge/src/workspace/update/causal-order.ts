import * as Y from 'yjs'
import type { Id, Place, ReadStruct, ReadUpdate } from './read-update.ts'
import { malformed, tooLarge } from './refused-message-error.ts'
import { BOUNDS } from './update-bounds.ts'

type Store = Y.Doc['store']

/** A struct that the document does not have (or not all of), and where it stands. */
export interface PlacedStruct extends ReadStruct {
  place: Place
  /** How many concurrent edits of the same key Yjs may have to step past, at most. */
  conflictSteps: number
}

/** Up to which clock of each client everything would be there; null where an update leaves a hole. */
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

/** Which item a place belongs to, and whether it is there that the item is made. */
export type ItemOf = (place: Place) => { item: string; isMaking: boolean } | null

/** One thing that waits until another client's structs are there up to a clock. */
interface Need {
  client: number
  until: number
  /** Not needed by Yjs, but by what an item means: its making comes first, where that can be. */
  isWish: boolean
}

/** So often may a wish turn out to stand against what Yjs needs, until none is heard any more. */
const MOST_VAIN_WISHES = 1_000

/**
 * The new structs of an update in an order in which each finds what it follows. As there is one, Yjs can take them
 * all, and nothing of them is left waiting inside the document.
 * @param update without a hole (see `coverage`)
 * @param itemOf which item a place belongs to: what makes the item comes before the rest of it, where that can be
 * @throws {RefusedMessageError} items that wait for each other
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
  const makings = itemOf === null ? null : makingsOf(clients, itemOf)
  const unheard = new Set<ReadStruct>()
  let vainWishes = 0
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
    // Yjs puts what is new of it behind what is known of it, wherever it says that it stands.
    const known = placeAt(store, { client: struct.client, clock: state - 1 })
    if (known?.root !== place.root || known.key !== place.key) throw malformed('an item in two places')
    return known
  }

  for (const client of clients.keys()) {
    const stack: Need[] = [{ client, until: Infinity, isWish: false }]
    const waiting = new Set([client])
    for (let need = stack.at(-1); need !== undefined; need = stack.at(-1)) {
      if (++work % 1_000 === 0) yield
      const structs = clients.get(need.client) ?? []
      const index = next.get(need.client) ?? 0
      const struct = structs[index]
      if (struct === undefined || struct.clock >= need.until) {
        stack.pop()
        waiting.delete(need.client)
        continue
      }
      if (struct.clock + struct.length <= Y.getState(store, need.client)) {
        next.set(need.client, index + 1) // known, sent again
        continue
      }
      const { origin } = struct
      if (origin?.client === struct.client && origin.clock >= struct.clock) {
        throw malformed('an item that follows a later one')
      }
      if (origin !== null && origin.client !== struct.client && origin.clock >= reached(origin.client)) {
        if (waiting.has(origin.client)) {
          if (!giveUpWish(origin.client)) throw malformed('items that wait for each other')
        } else {
          stack.push({ client: origin.client, until: origin.clock + 1, isWish: false })
          waiting.add(origin.client)
        }
        continue
      }
      const place = placeOf(struct)
      const wish = vainWishes < MOST_VAIN_WISHES && !unheard.has(struct) ? makingOf(place) : null
      if (wish !== null && wish.clock >= reached(wish.client)) {
        if (waiting.has(wish.client)) {
          unheard.add(struct)
          vainWishes++
        } else {
          stack.push({ client: wish.client, until: wish.clock + 1, isWish: true })
          waiting.add(wish.client)
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
      next.set(need.client, index + 1)
    }

    /** What waits for a wish goes on without it, where the wish is what closes a circle. */
    function giveUpWish(client: number): boolean {
      const from = stack.findIndex(need => need.client === client)
      const wish = stack.findIndex((need, index) => index > from && need.isWish)
      const wishing = stack[wish - 1]
      if (wish === -1 || wishing === undefined) return false
      const struct = clients.get(wishing.client)?.[next.get(wishing.client) ?? 0]
      if (struct !== undefined) unheard.add(struct)
      vainWishes++
      for (const { client } of stack.splice(wish)) waiting.delete(client)
      return true
    }
  }
  return ordered

  function makingOf(place: Place): ReadStruct | null {
    const at = itemOf?.(place) ?? null
    return at === null || at.isMaking ? null : (makings?.get(at.item) ?? null)
  }
}

/** The first struct of each item that makes it. */
const makingsOf = (clients: Map<number, ReadStruct[]>, itemOf: ItemOf): Map<string, ReadStruct> => {
  const makings = new Map<string, ReadStruct>()
  for (const structs of clients.values()) {
    for (const struct of structs) {
      const at = struct.place === null ? null : itemOf(struct.place)
      if (at?.isMaking === true && !makings.has(at.item)) makings.set(at.item, struct)
    }
  }
  return makings
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

/** Where the document has what stands at an id; undefined where it has nothing there, or nothing with a place. */
const placeAt = (store: Store, { client, clock }: Id): Place | undefined =>
  clock < Y.getState(store, client) ? placeOfItem(Y.getItem(store, Y.createID(client, clock))) : undefined

/** Where an item of the document stands. */
export const placeOfItem = (item: Y.Item | Y.GC): Place | undefined => {
  if (!(item instanceof Y.Item) || item.parentSub === null || !(item.parent instanceof Y.Map))
    return undefined
  return { root: Y.findRootTypeKey(item.parent), key: item.parentSub }
}

interface Tail {
  /** The id that the next edit of the key follows, if nothing else was made at the same time. */
  last: Id | null
  /** How many edits of the key the update brings. */
  added: number
  /** How many items the document has of it; counted when it matters. */
  stored: number | null
}

/** What stands last under each key, and how much stands there. */
class KeyTails {
  readonly #doc: Y.Doc
  readonly #tails = new Map<string, Tail>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** @returns how many items Yjs may have to step past */
  add({ client, clock, length, origin }: ReadStruct, { root, key }: Place): number {
    const name = `${root}/${key}`
    const standing = () => this.#doc.getMap(root)._map.get(key) ?? null
    const tail = this.#tails.get(name) ?? { last: standing()?.lastId ?? null, added: 0, stored: null }
    this.#tails.set(name, tail)
    const isNext = sameId(origin, tail.last)
    // Its client's own edit before, which has found its place: between the two stands nothing to step past.
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
