import { CLOSE } from '@foyer/sync/protocol'
import * as Y from 'yjs'
import { malformed, RefusedMessageError } from './refused-message-error.ts'

/** The root maps of a workspace; an update that names another one is refused. */
const ROOTS: ReadonlySet<string> = new Set(['rooms', 'webinars', 'workspace'])

/** No honest client comes near: it would be a thousand edits to each of a thousand fields. */
const MAX_CLOCK_TICKS = 1_000_000

/** Where a struct stands: a root map and a key in it. */
export interface Place {
  root: string
  key: string
}

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
export const readIncomingUpdate = (store: Y.Doc['store'], update: Uint8Array): IncomingUpdate => {
  const { structs, ds } = decode(update)
  const covered = coverage(store, structs)
  if (covered === null) return GAP

  const fresh = new FreshItems(store)
  const clients = new Set<number>()
  let ticks = 0
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (clock + struct.length <= Y.getState(store, client)) continue // known, sent again
    checkStruct(struct)
    if (struct.origin !== null && struct.origin.clock >= covered(struct.origin.client)) return GAP
    clients.add(client)
    fresh.add(struct)
    ticks += struct.length
  }
  if (ticks > MAX_CLOCK_TICKS) throw malformed('an update jumps ahead')

  const writes: Write[] = []
  const places = new Map<string, Place>()
  const note = (place: Place) => places.set(`${place.root}/${place.key}`, place)
  for (const item of fresh.items()) {
    const place = fresh.place(item)
    note(place)
    if (item.content instanceof Y.ContentAny) {
      for (const value of item.content.arr as unknown[]) writes.push({ ...place, value })
    }
  }
  for (const [client, deletions] of ds.clients) {
    for (const { clock, len } of deletions) {
      if (clock + len > covered(client)) return GAP
      for (const place of placesOf(store, client, clock, clock + len)) note(place)
    }
  }
  return { hasGap: false, clients, writes, places: [...places.values()] }
}

const decode = (update: Uint8Array) => {
  try {
    return Y.decodeUpdate(update)
  } catch {
    throw malformed('not a Yjs update')
  }
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** Up to which clock of each client everything would be there; null when an update leaves a hole. */
const coverage = (store: Y.Doc['store'], structs: Struct[]): ((client: number) => number) | null => {
  const ends = new Map<number, number>()
  const covered = (client: number) => ends.get(client) ?? Y.getState(store, client)
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (struct instanceof Y.Skip || clock > covered(client)) return null
    ends.set(client, Math.max(covered(client), clock + struct.length))
  }
  return covered
}

function checkStruct(struct: Struct): asserts struct is Y.Item & { parent: string | null } {
  // Root maps are never deleted, so that an honest client has nothing that Yjs collects as a bare GC.
  if (!(struct instanceof Y.Item)) throw malformed('a struct that is no item')
  const { content, parent, parentSub, origin, rightOrigin } = struct
  if (!(content instanceof Y.ContentAny || content instanceof Y.ContentDeleted)) {
    throw malformed('only plain values can be written')
  }
  if (rightOrigin !== null) throw malformed('a map entry that stands left of another')
  if (origin !== null) return
  if (typeof parent !== 'string' || !ROOTS.has(parent)) {
    throw new RefusedMessageError(CLOSE.malformed, 'unknown-root', 'A workspace has no such part.')
  }
  if (parentSub === null) throw malformed('a list entry in a map')
}

/** The new items of an update, found by id; those that follow another inherit its place. */
class FreshItems {
  readonly #store: Y.Doc['store']
  /** By client, in the order of their clocks, as updates hold them. */
  readonly #byClient = new Map<number, Y.Item[]>()
  readonly #places = new Map<Y.Item, Place>()

  constructor(store: Y.Doc['store']) {
    this.#store = store
  }

  add(item: Y.Item): void {
    const items = this.#byClient.get(item.id.client)
    if (items === undefined) this.#byClient.set(item.id.client, [item])
    else items.push(item)
  }

  *items(): Iterable<Y.Item> {
    for (const items of this.#byClient.values()) yield* items
  }

  place(item: Y.Item): Place {
    // A chain of overwrites is walked to where a place is known, without recursion: it may be long.
    const chain: Y.Item[] = []
    let at = item
    let place: Place | undefined
    while (place === undefined) {
      place = this.#places.get(at) ?? ownPlace(at)
      if (place !== undefined) break
      chain.push(at)
      if (chain.length > MAX_CLOCK_TICKS) throw malformed('items that follow each other in a circle')
      const before = at.origin === null ? undefined : this.#find(at.origin)
      if (before === undefined) place = at.origin === null ? undefined : placeOfId(this.#store, at.origin)
      else at = before
      if (before === undefined && place === undefined) throw malformed('an item without a place')
    }
    this.#places.set(at, place)
    for (const follower of chain) this.#places.set(follower, place)
    return place
  }

  #find({ client, clock }: { client: number; clock: number }): Y.Item | undefined {
    const items = this.#byClient.get(client) ?? []
    let low = 0
    let high = items.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const item = items[middle]
      if (item === undefined) return undefined
      if (clock < item.id.clock) high = middle - 1
      else if (clock >= item.id.clock + item.length) low = middle + 1
      else return item
    }
    return undefined
  }
}

const ownPlace = ({ parent, parentSub }: Y.Item): Place | undefined =>
  typeof parent === 'string' && parentSub !== null ? { root: parent, key: parentSub } : undefined

const placeOfId = (store: Y.Doc['store'], id: Y.ID): Place | undefined => placeOfItem(Y.getItem(store, id))

/** Where an item of the document stands. */
const placeOfItem = (item: Y.Item | Y.GC): Place | undefined => {
  if (!(item instanceof Y.Item) || item.parentSub === null || !(item.parent instanceof Y.Map))
    return undefined
  return { root: Y.findRootTypeKey(item.parent), key: item.parentSub }
}

/** The places of a client's items from one clock to another that the document has. */
function* placesOf(store: Y.Doc['store'], client: number, from: number, to: number): Iterable<Place> {
  const end = Math.min(to, Y.getState(store, client))
  for (let clock = from; clock < end;) {
    const item = Y.getItem(store, Y.createID(client, clock))
    if (!item.deleted) {
      const place = placeOfItem(item)
      if (place !== undefined) yield place
    }
    clock = item.id.clock + item.length
  }
}
