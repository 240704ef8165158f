import type { Room, Webinar } from '@foyer/doc'
import { createContext } from 'svelte'
import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'
import { locale } from '#lib/intl/locale.ts'
import {
  createNameSort,
  createNewestSort,
  readRoomOrder,
  writeRoomOrder,
  type RoomOrder
} from './room-order.ts'
import { createSearch } from '#lib/items/search.ts'

/** All of a workspace's rooms and webinars as Home has them in order, whichever page is on the screen. */
export class HomeOrder {
  /** Knows the names by which rooms are sorted. */
  readonly search = createSearch()
  readonly #foyer: Foyer
  #chosen = $state(readRoomOrder())
  readonly #byName = createNameSort(room => this.search.foldedName(room))
  readonly #byAge = createNewestSort(room => this.#foyer.workspace?.items.madeAt(room) ?? room.createdAt)

  constructor(foyer: Foyer) {
    this.#foyer = foyer
  }

  get chosen(): RoomOrder {
    return this.#chosen
  }

  set chosen(order: RoomOrder) {
    this.#chosen = order
    writeRoomOrder(order)
  }

  /** In the chosen order, the pinned ones first. */
  readonly rooms = $derived.by((): Room[] => {
    const rooms = this.#foyer.workspace?.items.rooms ?? []
    return this.#foyer.pins.first(
      this.#chosen === 'name' ? this.#byName(rooms) : this.#chosen === 'newest' ? this.#byAge(rooms) : rooms
    )
  })

  /** Upcoming ones first, then what has ended. */
  readonly webinars = $derived.by(
    (): Webinar[] => this.#foyer.workspace?.items.webinars(this.#foyer.now.current) ?? []
  )
}

/** How Home is shown on this device: another order or language puts other rooms first. */
export const homeView = (order = readRoomOrder()): string => `${order} ${locale()}`

export const [getHomeOrder, setHomeOrder] = createContext<HomeOrder>()
