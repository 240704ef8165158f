import type { Item, readLink } from '@foyer/doc'
import { createContext } from 'svelte'
import type { HomeOrder } from '#lib/home/order/home-order.svelte.ts'
import type { RoomOrder } from '#lib/home/order/room-order.ts'
import { formatCount } from '#lib/intl/format-count.ts'
import { readQuery, type Query } from '#lib/items/search.ts'
import type { Now } from '#lib/reactive/now.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'

/** What of a workspace Home shows, and in which order. */
export class HomeSearch {
  /** As it stands in the search field. */
  text = $state('')
  /** In what was last seen of Home, which is not all, nothing is looked for: it is filtered once all is there. */
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

  /** What is found of the rooms, the pinned ones first. */
  readonly rooms = $derived.by(() => this.#workspaces.snapshot?.rooms ?? this.#found(this.#order.rooms))
  /** What is found of the webinars, upcoming ones first, then what has ended. */
  readonly webinars = $derived.by(
    () => this.#workspaces.snapshot?.webinars(this.#now.current) ?? this.#found(this.#order.webinars)
  )

  /** How many rooms there are, found or not. */
  get roomCount(): number {
    return this.#workspaces.snapshot?.roomCount ?? this.#order.rooms.length
  }

  get webinarCount(): number {
    return this.#workspaces.snapshot?.webinarCount ?? this.#order.webinars.length
  }

  /** How long the list of rooms is on the screen: what was last seen are its first ones. */
  get shownRoomCount(): number {
    return this.#workspaces.snapshot?.roomCount ?? this.rooms.length
  }

  /** Something is looked for, and there is nothing like it. */
  readonly hasNoResults = $derived(
    this.query !== null && this.rooms.length === 0 && this.webinars.length === 0
  )

  readonly clear = () => {
    this.text = ''
  }

  /**
   * Searches for nothing while the page has nothing else to do: the first key pressed finds names and numbers
   * ready to be searched and written. @returns ends it
   */
  prepare(): () => void {
    const items: Item[] =
      this.#workspaces.snapshot === null ? [...this.#order.rooms, ...this.#order.webinars] : []
    let at = 0
    let timer: ReturnType<typeof setTimeout>
    const go = () => {
      for (const item of items.slice(at, at + AT_A_TIME)) this.#order.search.matches(item, NOTHING)
      at += AT_A_TIME
      if (at < items.length) timer = setTimeout(go, PAUSE_MS)
      else formatCount(items.length)
    }
    timer = setTimeout(go, FIRST_PAINT_MS)
    void this.#loadLinkReader()
    return () => {
      clearTimeout(timer)
    }
  }

  async #loadLinkReader(): Promise<void> {
    try {
      this.#readLink ??= (await import('#lib/links/link-reader.ts')).readLink
    } catch {
      // Names are found all the same; the next visit to Home tries again.
    }
  }

  #found<T extends Item>(items: T[]): T[] {
    const { query } = this
    return query === null ? items : items.filter(item => this.#order.search.matches(item, query))
  }
}

/** In no name. */
const NOTHING: Query = { words: ['\n'], slug: null }
const AT_A_TIME = 500
const PAUSE_MS = 20
const FIRST_PAINT_MS = 500

export const [getHomeSearch, setHomeSearch] = createContext<HomeSearch>()
