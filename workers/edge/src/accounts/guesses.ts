import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { ApiError } from '../http/api-error.ts'

/** Wrong passwords without a wait. Each further one doubles it. */
const FREE = 10
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 15 * 60_000
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000

/** Wait after the `count`-th wrong guess in a row, ms. */
export const waitAfter = (count: number): number =>
  count < FREE ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(count - FREE, 20))

/**
 * Counts a guess before it is checked, so that parallel guesses have no advantage. A wait is at
 * most 15 minutes, and early attempts do not extend it.
 * @param key of the counter
 * @throws {ApiError} 429 too-many-tries
 */
export const countGuess = async ({ orm }: Database, key: string, now = Date.now()): Promise<void> => {
  await orm.run(sql`delete from throttles where forget_at <= ${now}`)
  const rows = await orm.all<{ until: number }>(sql`
    insert into throttles (key, count, until, forget_at) values (${key}, 1, ${now}, ${now + FORGOTTEN_AFTER_MS})
    on conflict (key) do update set
      count = count + 1,
      until = ${now} + ${waitInSql},
      forget_at = excluded.forget_at
    where until <= ${now}
    returning until`)
  if (rows.length > 0) return
  const held = await orm.all<{ until: number }>(sql`select until from throttles where key = ${key}`)
  const retryAfter = Math.max(1, Math.ceil(((held[0]?.until ?? now) - now) / 1_000))
  throw new ApiError(429, 'too-many-tries', 'Too many wrong passwords. Wait before you try again.', {
    retryAfter
  })
}

/** The password was right: the count starts over. */
export const forgetGuesses = async ({ orm }: Database, key: string): Promise<void> => {
  await orm.run(sql`delete from throttles where key = ${key}`)
}

/** `waitAfter` of the new count. */
const waitInSql = sql.raw(
  `case when count + 1 < ${FREE} then 0
    else min(${LONGEST_WAIT_MS}, ${FIRST_WAIT_MS} << min(count + 1 - ${FREE}, 20)) end`
)
