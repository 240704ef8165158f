import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { ApiError } from './api-error.ts'

/** Limits requests of one person, counted in the database over all isolates. */
export interface RequestLimit {
  /** Part of the counter's key. */
  name: string
  max: number
  windowMs: number
}

/**
 * Counts a request against a person's limit; better-auth counts by address.
 * @throws {ApiError} 429 too-fast
 */
export const enforceRateLimit = async (
  { orm }: Database,
  userId: string,
  { name, max, windowMs }: RequestLimit
): Promise<void> => {
  const now = Date.now()
  const isOver = sql`until <= ${now}`
  await orm.run(sql`delete from throttles where forget_at <= ${now}`)
  const { count, until } = await orm.get<{ count: number; until: number }>(sql`
    insert into throttles (key, count, until, forget_at)
    values (${`${userId}/${name}`}, 1, ${now + windowMs}, ${now + windowMs})
    on conflict (key) do update set
      count = case when ${isOver} then 1 else count + 1 end,
      until = case when ${isOver} then ${now + windowMs} else until end,
      forget_at = case when ${isOver} then ${now + windowMs} else forget_at end
    returning count, until`)
  if (count > max) {
    const retryAfter = Math.max(1, Math.ceil((until - now) / 1_000))
    throw new ApiError(429, 'too-fast', 'This was a bit fast. Try again soon.', { retryAfter })
  }
}
