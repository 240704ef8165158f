import type { Item, Webinar } from './read.ts'

/**
 * Home's sort keys for rooms and webinars, most significant first. Lists on devices and the
 * server's SQL both use them; only the rank differs by kind (`roomRank`, `webinarRank`).
 */
export const HOME_ORDER = [
  ['rank', 'ascending'],
  ['createdAt', 'descending'],
  ['id', 'ascending']
] as const

/** An item with its rank. */
export interface Ranked {
  item: Pick<Item, 'createdAt' | 'id'>
  key: number
}

const valueOf = ({ item, key }: Ranked, by: (typeof HOME_ORDER)[number][0]) =>
  by === 'rank' ? key : item[by]

/** Compares in Home's order. */
export const compareInHome = (a: Ranked, b: Ranked): number => {
  for (const [by, direction] of HOME_ORDER) {
    const x = valueOf(a, by)
    const y = valueOf(b, by)
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
 * Ranks the most recently used room first. A room never used ranks by its creation time, so that a
 * new one does not end up last.
 * @param at ms since 1970: last use, or creation if never used
 */
export const roomRank = (at: number): number => -at

/** Has the webinar not ended yet? */
export const isUpcoming = (webinar: Pick<Webinar, 'endsAt'>, now: number): boolean => webinar.endsAt > now

/** After any start, ms since 1970: the year of a schedule has four digits. */
export const AFTER_ALL_STARTS = 1e15

/** Ranks upcoming webinars first, the next one on top; then ended ones, the latest on top. */
export const webinarRank = (webinar: Pick<Webinar, 'startsAt' | 'endsAt'>, now: number): number =>
  isUpcoming(webinar, now) ? webinar.startsAt : AFTER_ALL_STARTS - webinar.startsAt
