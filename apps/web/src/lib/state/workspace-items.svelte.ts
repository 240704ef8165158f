import { compareRooms, compareWebinars, type Item, type ItemIndex, type Room, type Webinar } from '@foyer/doc'
import type { UsageLane } from '@foyer/sync'
import { External } from './external.svelte.ts'

/** A workspace's rooms and webinars as the screen shows them: sorted, and current by themselves. */
export class WorkspaceItems {
  readonly #rooms: External<ReadonlyMap<string, Room>>
  readonly #webinars: External<ReadonlyMap<string, Webinar>>
  readonly #lastUsedAt: External<(itemId: string) => number | undefined>

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
  }

  /** Rooms in Home's order. */
  readonly rooms = $derived.by(() =>
    present(this.#rooms.current).sort(compareRooms(this.#lastUsedAt.current))
  )

  /** Webinars in Home's order at a time (ms since 1970). */
  webinars(now: number): Webinar[] {
    return present(this.#webinars.current).sort(compareWebinars(now))
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

const present = <T extends Item>(items: ReadonlyMap<string, T>): T[] =>
  [...items.values()].filter(item => item.deletedAt === null)
