import type { Item, readLink } from '@foyer/doc'
import { createContext } from 'svelte'
import type { HomeOrder } from '#lib/home/order/home-order.svelte.ts'
import type { RoomOrder } from '#lib/home/order/room-order.ts'
import { formatCount } from '#lib/intl/format-count.ts'
import { readQuery, type Query } from '#lib/items/search.ts'
import type { Now } from '#lib/reactive/now.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/** Home's search field and what it finds. */
export class HomeSearch {
  /** The search field's value. */
  text = $state('')
  /** Null without a search, and while Home shows its snapshot, which is incomplete. */
  readonly query = $derived.by(() =>
    this.#workspaces.snapshot === null ? readQuery(this.text, this.#readLink) : null
  )

  #readLink = $state.raw<typeof readLink | null>(null)
  readonly #workspaces: Workspaces
  readonly #now: Now
  readonly #order: HomeOrder

  constructor(workspaces: Workspaces, now: Now, order: HomeOrder) {
    this.#workspaces = workspaces
    this.#now = now
    this.#order = order
  }

  get order(): RoomOrder {
    return this.#order.chosen
  }

  set order(order: RoomOrder) {
    this.#order.chosen = order
  }

  /** Matching rooms, pinned ones first. */
  readonly rooms = $derived.by(() => this.#workspaces.snapshot?.rooms ?? this.#filter(this.#order.rooms))
  /** Matching webinars, upcoming ones first, then ended ones. */
  readonly webinars = $derived.by(
    () => this.#workspaces.snapshot?.webinars(this.#now.current) ?? this.#filter(this.#order.webinars)
  )

  /** The number of rooms, matching or not. */
  get roomCount(): number {
    return this.#workspaces.snapshot?.roomCount ?? this.#order.rooms.length
  }

  get webinarCount(): number {
    return this.#workspaces.snapshot?.webinarCount ?? this.#order.webinars.length
  }

  /** The length of the list: a snapshot holds only the first rooms. */
  get shownRoomCount(): number {
    return this.#workspaces.snapshot?.roomCount ?? this.rooms.length
  }

  readonly hasNoResults = $derived(
    this.query !== null && this.rooms.length === 0 && this.webinars.length === 0
  )

  readonly clear = () => {
    this.text = ''
  }

  /** Warms up the search in idle time, so that the first key press is fast. @returns stops it */
  prepare(): () => void {
    const items: Item[] =
      this.#workspaces.snapshot === null ? [...this.#order.rooms, ...this.#order.webinars] : []
    let at = 0
    let timer: ReturnType<typeof setTimeout>
    const warmUp = () => {
      for (const item of items.slice(at, at + BATCH_SIZE)) this.#order.search.matches(item, NO_MATCH)
      at += BATCH_SIZE
      if (at < items.length) timer = setTimeout(warmUp, PAUSE_MS)
      else formatCount(items.length)
    }
    timer = setTimeout(warmUp, FIRST_PAINT_MS)
    void this.#loadLinkReader()
    return () => {
      clearTimeout(timer)
    }
  }

  async #loadLinkReader(): Promise<void> {
    try {
      this.#readLink ??= (await import('#lib/links/link-reader.ts')).readLink
    } catch {
      // Search by name still works; the next visit to Home tries again.
    }
  }

  #filter<T extends Item>(items: T[]): T[] {
    const { query } = this
    return query === null ? items : items.filter(item => this.#order.search.matches(item, query))
  }
}

/** Matches no name. */
const NO_MATCH: Query = { words: ['\n'], slug: null }
const BATCH_SIZE = 500
const PAUSE_MS = 20
const FIRST_PAINT_MS = 500

export const [getHomeSearch, setHomeSearch] = createContext<HomeSearch>()
