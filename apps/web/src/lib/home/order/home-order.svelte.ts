import type { Room, Webinar } from '@foyer/doc'
import { createContext } from 'svelte'
import { locale } from '#lib/intl/locale.ts'
import { createSearch } from '#lib/items/search.ts'
import type { Pins } from '#lib/pins/pins.svelte.ts'
import type { Now } from '#lib/reactive/now.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import {
  createNameSort,
  createNewestSort,
  readRoomOrder,
  writeRoomOrder,
  type RoomOrder
} from './room-order.ts'

interface HomeOrderParts {
  workspaces: Workspaces
  pins: Pins
  now: Now
}

/** A workspace's rooms and webinars in Home's order, on every page. */
export class HomeOrder {
  /** Caches the folded names, by which rooms are sorted too. */
  readonly search = createSearch()
  readonly #workspaces: Workspaces
  readonly #pins: Pins
  readonly #now: Now
  #chosen = $state(readRoomOrder())
  readonly #byName = createNameSort(room => this.search.foldedName(room))
  readonly #byAge = createNewestSort(room => this.#workspaces.current?.items.madeAt(room) ?? room.createdAt)

  constructor({ workspaces, pins, now }: HomeOrderParts) {
    this.#workspaces = workspaces
    this.#pins = pins
    this.#now = now
  }

  get chosen(): RoomOrder {
    return this.#chosen
  }

  set chosen(order: RoomOrder) {
    this.#chosen = order
    writeRoomOrder(order)
  }

  /** In the chosen order, pinned rooms first. */
  readonly rooms = $derived.by((): Room[] => {
    const rooms = this.#workspaces.current?.items.rooms ?? []
    return this.#pins.first(
      this.#chosen === 'name' ? this.#byName(rooms) : this.#chosen === 'newest' ? this.#byAge(rooms) : rooms
    )
  })

  /** Upcoming webinars first, then ended ones. */
  readonly webinars = $derived.by(
    (): Webinar[] => this.#workspaces.current?.items.webinars(this.#now.current) ?? []
  )
}

/** Identifies what decides the order on this device: the chosen order and the language. */
export const homeView = (order = readRoomOrder()): string => `${order} ${locale()}`

export const [getHomeOrder, setHomeOrder] = createContext<HomeOrder>()
