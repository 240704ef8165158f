import type { Room } from '@foyer/doc'
import { readLocal, writeLocal } from '#lib/device/local-storage.ts'
import { locale } from '#lib/intl/locale.ts'
import { createIncrementalSort, type Keyed } from '#lib/workspace/lists/incremental-sort.ts'

export const ROOM_ORDERS = ['used', 'name', 'newest'] as const
export type RoomOrder = (typeof ROOM_ORDERS)[number]

const KEY = 'foyer-room-order'

/** The order chosen on this device. */
export const readRoomOrder = (): RoomOrder =>
  readLocal<RoomOrder | undefined>(KEY, text => ROOM_ORDERS.find(order => order === text), undefined) ??
  'used'

export const writeRoomOrder = (order: RoomOrder): void => {
  writeLocal(KEY, order, 'the order could not be kept')
}

/** Sorts rooms by creation time, newest first. */
export const createNewestSort = (madeAt = (room: Room): number => room.createdAt) => {
  const sort = createIncrementalSort<Room, number>((a, b) => b.key - a.key || byId(a, b))
  return (rooms: Room[]): Room[] => sort.all(rooms, madeAt)
}

/**
 * Sorts rooms by name in the person's language, "Room 2" before "Room 10".
 * Presorts by folded name: the collator is slow and then makes a tenth of the comparisons.
 */
export const createNameSort = (foldedName: (room: Room) => string) => {
  const collator = new Intl.Collator(locale(), { numeric: true })
  const compare = (a: Keyed<Room, string>, b: Keyed<Room, string>) =>
    collator.compare(a.key, b.key) || byId(a, b)
  const sort = createIncrementalSort<Room, string>(compare)
  let before = 0
  return (rooms: Room[]): Room[] => {
    const areMostNew = rooms.length > 2 * before
    before = rooms.length
    return sort.all(areMostNew ? roughlyByName(rooms, foldedName) : rooms, room => room.name)
  }
}

const roughlyByName = (rooms: Room[], foldedName: (room: Room) => string): Room[] =>
  rooms
    .map(room => ({ room, key: foldedName(room).replace(/\d+/g, digits => digits.padStart(9, '0')) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ room }) => room)

const byId = (a: Keyed<Room, unknown>, b: Keyed<Room, unknown>): number => (a.item.id < b.item.id ? -1 : 1)
