import { compareInHome, roomRank, webinarRank } from '@foyer/doc'
import type { Item, ItemIndex, Room, Webinar } from '@foyer/doc'
import type { UsageLane } from '@foyer/sync'
import { External } from '#lib/reactive/external.svelte.ts'
import { createItemList, type ItemList } from './item-list.ts'

/** A workspace's rooms and webinars: sorted and reactive. */
export class WorkspaceItems {
  readonly #rooms: External<Room[]>
  readonly #webinars: External<Webinar[]>
  readonly #deleted: External<Item[]>
  readonly #all: External<readonly ReadonlyMap<string, Item>[]>
  readonly #lastUsedAt: External<(itemId: string) => number | undefined>
  readonly #usage: UsageLane
  readonly #liveCount: External<(itemId: string) => number>
  readonly #unsyncedNow: { readonly current: ReadonlySet<string> }
  readonly #webinarList: ItemList<Webinar>
  /** The time that the webinars were sorted for, ms since 1970. */
  #webinarsAt = 0
  readonly #ends: (() => void)[]

  constructor(index: ItemIndex, usage: UsageLane, unsynced: { readonly current: ReadonlySet<string> }) {
    const all = [index.items('room'), index.items('webinar')] as const
    const rooms = createItemList<Room, number>({
      of: [all[0]],
      has: isPresent,
      keyOf: room => roomRank(usage.orderOf(room.id) ?? usage.madeAt(room.id, room.createdAt)),
      compare: compareInHome
    })
    const webinars = createItemList<Webinar, number>({
      of: [all[1]],
      has: isPresent,
      keyOf: webinar => webinarRank(webinar, this.#webinarsAt),
      compare: compareInHome
    })
    const deleted = createItemList<Item, number>({
      of: all,
      has: item => !isPresent(item),
      keyOf: item => item.deletedAt ?? 0,
      compare: (a, b) => b.key - a.key || (a.item.id < b.item.id ? -1 : 1)
    })
    this.#ends = [
      index.subscribe(({ kind, ids }) => {
        for (const list of [kind === 'room' ? rooms : webinars, deleted]) list.mark(ids)
      }),
      usage.subscribe(() => {
        rooms.mark(null)
      })
    ]
    const onItems = (listener: () => void) => index.subscribe(listener)
    const onUsage = (listener: () => void) => usage.subscribe(listener)
    const onBoth = (listener: () => void) => {
      const ends = [onItems(listener), onUsage(listener)]
      return () => {
        for (const end of ends) end()
      }
    }
    this.#rooms = new External(onBoth, () => rooms.read())
    this.#webinars = new External(onItems, () => webinars.read())
    this.#deleted = new External(onItems, () => deleted.read())
    this.#all = new External(onItems, () => all)
    this.#lastUsedAt = new External(onUsage, () => itemId => usage.lastUsedAt(itemId))
    this.#liveCount = new External(onUsage, () => itemId => usage.liveCount(itemId))
    this.#usage = usage
    this.#unsyncedNow = unsynced
    this.#webinarList = webinars
  }

  /** Rooms in Home's order. */
  readonly rooms = $derived.by(() => this.#rooms.current)

  /** Webinars in Home's order at a time (ms since 1970). */
  webinars(now: number): Webinar[] {
    if (now !== this.#webinarsAt) this.#webinarList.mark(null)
    this.#webinarsAt = now
    return this.#webinars.current
  }

  /** "Recently deleted", latest first. */
  readonly deleted = $derived.by(() => this.#deleted.current)

  get hasDeleted(): boolean {
    return this.deleted.length > 0
  }

  /** Rooms and webinars with the time of last use (ms since 1970), latest first. */
  readonly used = $derived.by(() => {
    const lastUsedAt = this.#lastUsedAt.current
    return [...this.rooms, ...this.#webinars.current]
      .map(item => ({ item, at: lastUsedAt(item.id) ?? 0 }))
      .filter(({ at }) => at > 0)
      .sort((a, b) => this.#orderOf(b.item) - this.#orderOf(a.item))
  })

  readonly #orderOf = ({ id }: Item): number => this.#usage.orderOf(id) ?? 0

  /** The creation time, never in the future, even if the clock that wrote it was. */
  readonly madeAt = ({ id, createdAt }: Item): number => this.#usage.madeAt(id, createdAt)

  readonly #unsynced = $derived.by(() => this.#unsyncedNow.current)

  /** Whether the item has unsynced changes. */
  isUnsynced(itemId: string): boolean {
    return this.#unsynced.has(itemId)
  }

  lastUsedAt(itemId: string): number | undefined {
    return this.#lastUsedAt.current(itemId)
  }

  /** The number of people in the item now. */
  liveCount(itemId: string): number {
    return this.#liveCount.current(itemId)
  }

  /** The current item, also if recently deleted; undefined if it no longer exists. */
  byId(id: string): Item | undefined {
    return this.#all.current.find(items => items.has(id))?.get(id)
  }

  bySlug(slug: string): Item | undefined {
    for (const items of this.#all.current) {
      for (const item of items.values()) if (item.slug === slug) return item
    }
    return undefined
  }

  destroy() {
    for (const end of this.#ends) end()
  }
}

const isPresent = ({ deletedAt }: Item) => deletedAt === null
