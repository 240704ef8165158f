import { sql } from 'drizzle-orm'
import { Hono } from 'hono/quick'
import type { Services } from '../services.ts'

/** Answers "ok" only while the database answers too. */
export const healthRoutes = ({ database }: Services) =>
  new Hono().get('/', async c => {
    await database.orm.run(sql`select 1`)
    return c.json({ status: 'ok' as const })
  })
