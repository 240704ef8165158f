import type { Item, Webinar } from './read.ts'

/**
 * Home's order of rooms and of webinars: the sort keys, the first counting most. Lists on devices and the server's SQL sort by
 * them; only how an item ranks differs (`roomRank`, `webinarRank`).
 */
export const HOME_ORDER = [
  ['rank', 'ascending'],
  ['createdAt', 'descending'],
  ['id', 'ascending']
] as const

/** An item with its rank in a list. */
export interface Ranked {
  item: Pick<Item, 'createdAt' | 'id'>
  key: number
}

const valueOf = ({ item, key }: Ranked, by: (typeof HOME_ORDER)[number][0]) =>
  by === 'rank' ? key : item[by]

/** Compares in Home's order. */
export const compareInHome = (a: Ranked, b: Ranked): number => {
  for (const [by, direction] of HOME_ORDER) {
    const [x, y] = [valueOf(a, by), valueOf(b, by)]
    if (x !== y) return x < y === (direction === 'ascending') ? -1 : 1
  }
  return 0
}

/** Sorts items in Home's order. */
export const inHomeOrder = <I extends Item>(items: readonly I[], rankOf: (item: I) => number): I[] =>
  items
    .map(item => ({ item, key: rankOf(item) }))
    .sort(compareInHome)
    .map(({ item }) => item)

/**
 * Of rooms the one used last comes first. One that was not used yet counts from when it was made, so that a new one does not
 * stand behind every old one.
 * @param at ms since 1970: of its last use, else of its making
 */
export const roomRank = (at: number): number => -at

/** A webinar that has not ended yet. */
export const isUpcoming = (webinar: Pick<Webinar, 'endsAt'>, now: number): boolean => webinar.endsAt > now

/** Later than any start, ms since 1970: the year of a schedule has four digits. */
export const AFTER_ALL_STARTS = 1e15

/** Of webinars upcoming ones come by start, the next first; then ended ones, the latest first. */
export const webinarRank = (webinar: Pick<Webinar, 'startsAt' | 'endsAt'>, now: number): number =>
  isUpcoming(webinar, now) ? webinar.startsAt : AFTER_ALL_STARTS - webinar.startsAt
