import type { Item, Room, Webinar } from './read.ts'

const byCreation = (a: Item, b: Item): number => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)

/**
 * Home's order of rooms: last used first. A room that was not used yet counts from when it was made, so
 * that a new one stands first and not behind every old one.
 * @param lastUsedAt ms since 1970 of an item, or undefined
 */
export const compareRooms = (lastUsedAt: (id: string) => number | undefined) => (a: Room, b: Room) =>
  (lastUsedAt(b.id) ?? b.createdAt) - (lastUsedAt(a.id) ?? a.createdAt) || byCreation(a, b)

/** A webinar that has not ended yet. */
export const isUpcoming = (webinar: Webinar, now: number): boolean => webinar.endsAt > now

/** Home's order of webinars: upcoming ones by start, the next first; then ended ones, the latest first. */
export const compareWebinars = (now: number) => (a: Webinar, b: Webinar) => {
  const upcoming = isUpcoming(a, now)
  if (upcoming !== isUpcoming(b, now)) return upcoming ? -1 : 1
  return (upcoming ? a.startsAt - b.startsAt : b.startsAt - a.startsAt) || byCreation(a, b)
}
