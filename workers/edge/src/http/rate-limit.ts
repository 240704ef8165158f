import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { ApiError } from './api-error.ts'

export interface Rate {
  /** What is limited; part of the key under which it is counted. */
  what: string
  most: number
  /** The count starts over after so long, ms. */
  within: number
}

/**
 * Counts one more request of a person, beside those that better-auth counts by address.
 * @throws {ApiError} 429 too-fast
 */
export const mustNotBeTooFast = async (
  { orm }: Database,
  userId: string,
  { what, most, within }: Rate
): Promise<void> => {
  const now = Date.now()
  const isOver = sql`until <= ${now}`
  await orm.run(sql`delete from throttles where forget_at <= ${now}`)
  const { count, until } = await orm.get<{ count: number; until: number }>(sql`
    insert into throttles (key, count, until, forget_at)
    values (${`${userId}/${what}`}, 1, ${now + within}, ${now + within})
    on conflict (key) do update set
      count = case when ${isOver} then 1 else count + 1 end,
      until = case when ${isOver} then ${now + within} else until end,
      forget_at = case when ${isOver} then ${now + within} else forget_at end
    returning count, until`)
  if (count > most) {
    const retryAfter = Math.max(1, Math.ceil((until - now) / 1_000))
    throw new ApiError(429, 'too-fast', 'This was a bit fast. Try again soon.', { retryAfter })
  }
}
