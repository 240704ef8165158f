import { rooms, webinars, type usage } from '@foyer/db'
import { AFTER_ALL_STARTS, HOME_ORDER } from '@foyer/doc'
import { asc, desc, sql, type SQL } from 'drizzle-orm'

/** Home's order in SQL. */
export const homeOrder = (rank: SQL, table: typeof rooms | typeof webinars): SQL[] =>
  HOME_ORDER.map(([by, direction]) => {
    const key = by === 'rank' ? rank : table[by]
    return direction === 'ascending' ? asc(key) : desc(key)
  })

/** `roomRank` of the document package in SQL. @param now ms since 1970: no room was made later */
export const roomRank = (lastUsedAt: typeof usage.lastUsedAt, now: number): SQL =>
  sql`-coalesce(${lastUsedAt}, min(${rooms.createdAt}, ${now}))`

/** `webinarRank` of the document package in SQL. @param now ms since 1970 */
export const webinarRank = (now: number): SQL =>
  sql`case when ${webinars.endsAt} > ${now} then ${webinars.startsAt} else ${AFTER_ALL_STARTS} - ${webinars.startsAt} end`
