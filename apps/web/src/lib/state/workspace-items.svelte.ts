import { compareRooms, compareWebinars, isUpcoming } from '@foyer/doc'
import type { Item, ItemIndex, Room, Webinar } from '@foyer/doc'
import type { UsageLane } from '@foyer/sync'
import { External } from './external.svelte.ts'
import { createIncrementalSort } from './incremental-sort.ts'

/** A workspace's rooms and webinars as the screen shows them: sorted, and current by themselves. */
export class WorkspaceItems {
  readonly #rooms: External<ReadonlyMap<string, Room>>
  readonly #webinars: External<ReadonlyMap<string, Webinar>>
  readonly #lastUsedAt: External<(itemId: string) => number | undefined>
  readonly #liveCount: External<(itemId: string) => number>

  // Ties are the document package's to settle; what differs is compared here as a number.
  readonly #sortRooms = createIncrementalSort<Room, number>(
    (a, b) => b.key - a.key || BY_CREATION(a.item, b.item)
  )
  readonly #sortWebinars = createIncrementalSort<Webinar, number>(
    (a, b) => a.key - b.key || BY_START(a.item, b.item)
  )
  readonly #unsyncedNow: { readonly current: ReadonlySet<string> }

  constructor(index: ItemIndex, usage: UsageLane, unsynced: { readonly current: ReadonlySet<string> }) {
    this.#unsyncedNow = unsynced
    const subscribe = (listener: () => void) => index.subscribe(listener)
    this.#rooms = new External(subscribe, () => index.items('room'))
    this.#webinars = new External(subscribe, () => index.items('webinar'))
    this.#lastUsedAt = new External(
      listener => usage.subscribe(listener),
      () => itemId => usage.lastUsedAt(itemId)
    )
    this.#liveCount = new External(
      listener => usage.subscribe(listener),
      () => itemId => usage.liveCount(itemId)
    )
  }

  /** Rooms in Home's order. */
  readonly rooms = $derived.by(() => {
    const lastUsedAt = this.#lastUsedAt.current
    return this.#sortRooms(present(this.#rooms.current), room => lastUsedAt(room.id) ?? room.createdAt)
  })

  /** Webinars in Home's order at a time (ms since 1970). */
  webinars(now: number): Webinar[] {
    return this.#sortWebinars(present(this.#webinars.current), webinar =>
      isUpcoming(webinar, now) ? webinar.startsAt : AFTER_ALL_UPCOMING - webinar.startsAt
    )
  }

  /** What is in "Recently deleted", the latest first. */
  readonly deleted = $derived.by(() =>
    this.#all()
      .filter(item => item.deletedAt !== null)
      .sort((a, b) => (b.deletedAt ?? 0) - (a.deletedAt ?? 0))
  )

  /** Rooms and webinars with the time of their last use (ms since 1970), the latest first. */
  readonly used = $derived.by(() => {
    const lastUsedAt = this.#lastUsedAt.current
    return this.#all()
      .filter(item => item.deletedAt === null)
      .map(item => ({ item, at: lastUsedAt(item.id) ?? 0 }))
      .filter(({ at }) => at > 0)
      .sort((a, b) => b.at - a.at)
  })

  readonly #unsynced = $derived.by(() => this.#unsyncedNow.current)

  /** Has the item changes that the server does not have? */
  isUnsynced(itemId: string): boolean {
    return this.#unsynced.has(itemId)
  }

  lastUsedAt(itemId: string): number | undefined {
    return this.#lastUsedAt.current(itemId)
  }

  /** How many people are in the item now. */
  liveCount(itemId: string): number {
    return this.#liveCount.current(itemId)
  }

  /** The item as it is now, also from "Recently deleted"; undefined where it is gone. */
  byId(id: string): Item | undefined {
    return this.#rooms.current.get(id) ?? this.#webinars.current.get(id)
  }

  bySlug(slug: string): Item | undefined {
    return this.#all().find(item => item.slug === slug)
  }

  #all(): Item[] {
    return [...this.#rooms.current.values(), ...this.#webinars.current.values()]
  }
}

const BY_CREATION = compareRooms(() => undefined)
const BY_START = compareWebinars(0)
/** Later than any date there is, in ms. */
const AFTER_ALL_UPCOMING = 1e16

const present = <T extends Item>(items: ReadonlyMap<string, T>): T[] =>
  [...items.values()].filter(item => item.deletedAt === null)
