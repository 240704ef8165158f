import type { Item, Room } from '@foyer/doc'
import { createContext } from 'svelte'
import { formatCount } from '#lib/language/format-count.ts'
import type { Foyer } from '#lib/state/foyer.svelte.ts'
import {
  createNameSort,
  createNewestSort,
  readRoomOrder,
  writeRoomOrder,
  type RoomOrder
} from './room-order.ts'
import { createSearch, readQuery, type Query } from './search.ts'

/** What of a workspace Home shows, and in which order. */
export class Finding {
  /** As it stands in the search field. */
  text = $state('')
  #order = $state(readRoomOrder())
  readonly query = $derived(readQuery(this.text))

  readonly #foyer: Foyer
  readonly #search = createSearch()
  readonly #byName = createNameSort(room => this.#search.foldedName(room))
  readonly #byAge = createNewestSort(room => this.#foyer.workspace?.items.madeAt(room) ?? room.createdAt)

  constructor(foyer: Foyer) {
    this.#foyer = foyer
  }

  get order(): RoomOrder {
    return this.#order
  }

  set order(order: RoomOrder) {
    this.#order = order
    writeRoomOrder(order)
  }

  /** Rooms in the chosen order, found or not. */
  readonly #ordered = $derived.by((): Room[] => {
    const rooms = this.#foyer.workspace?.items.rooms ?? []
    if (this.#order === 'name') return this.#byName(rooms)
    return this.#order === 'newest' ? this.#byAge(rooms) : rooms
  })
  readonly #allWebinars = $derived.by(
    () => this.#foyer.workspace?.items.webinars(this.#foyer.now.current) ?? []
  )

  /** What is found of them, the pinned ones first. */
  readonly rooms = $derived.by(() => this.#found(this.#foyer.pins.first(this.#ordered)))
  /** What is found of them, upcoming ones first, then what has ended. */
  readonly webinars = $derived.by(() => this.#found(this.#allWebinars))

  get roomCount(): number {
    return this.#ordered.length
  }

  get webinarCount(): number {
    return this.#allWebinars.length
  }

  /** Something is looked for, and there is nothing like it. */
  readonly isNothingFound = $derived(
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
    const items: Item[] = [...this.#ordered, ...this.#allWebinars]
    let at = 0
    let timer: ReturnType<typeof setTimeout>
    const go = () => {
      for (const item of items.slice(at, at + AT_A_TIME)) this.#search.matches(item, NOTHING)
      at += AT_A_TIME
      if (at < items.length) timer = setTimeout(go, PAUSE_MS)
      else formatCount(items.length)
    }
    timer = setTimeout(go, FIRST_PAINT_MS)
    return () => {
      clearTimeout(timer)
    }
  }

  #found<T extends Item>(items: T[]): T[] {
    const { query } = this
    return query === null ? items : items.filter(item => this.#search.matches(item, query))
  }
}

/** In no name. */
const NOTHING: Query = { words: ['\n'], slug: null }
const AT_A_TIME = 500
const PAUSE_MS = 20
const FIRST_PAINT_MS = 500

export const [getFinding, setFinding] = createContext<Finding>()
