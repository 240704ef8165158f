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
 * Counts one more request of a person, beside those that better-auth counts by address, whose keys look different.
 * @throws {ApiError} 429 too-fast
 */
export const mustNotBeTooFast = async (
  { orm }: Database,
  userId: string,
  { what, most, within }: Rate
): Promise<void> => {
  const now = Date.now()
  const isOver = sql`last_request <= ${now - within}`
  const { count, since } = await orm.get<{ count: number; since: number }>(sql`
    insert into rate_limits (id, key, count, last_request)
    values (${crypto.randomUUID()}, ${`${userId}/${what}`}, 1, ${now})
    on conflict (key) do update set
      count = case when ${isOver} then 1 else count + 1 end,
      last_request = case when ${isOver} then ${now} else last_request end
    returning count, last_request as since`)
  if (count > most) {
    const retryAfter = Math.max(1, Math.ceil((since + within - now) / 1_000))
    throw new ApiError(429, 'too-fast', 'This was a bit fast. Try again soon.', { retryAfter })
  }
}
