import { activity, users } from '@foyer/db'
import { and, desc, eq, sql } from 'drizzle-orm'
import { Hono } from 'hono/quick'
import { ApiError } from '../http/api-error.ts'
import { signedIn } from '../http/signed-in.ts'
import { requireMembership } from '../membership.ts'
import type { Services } from '../services.ts'

const PAGE = 50

/**
 * Who changed what, newest first, with the values that lost to a later edit, so that they can be
 * restored.
 */
export const activityRoutes = ({ auth, database }: Services) =>
  new Hono<{ Variables: { userId: string } }>().use(signedIn(auth)).get('/:id/activity', async c => {
    const { id } = await requireMembership(database, c.var.userId, c.req.param('id'))
    const before = parseCursor(c.req.query('before'))
    const rows = await database.orm
      .select({ entry: activity, userName: users.name })
      .from(activity)
      .leftJoin(users, eq(users.id, activity.userId))
      .where(and(eq(activity.workspaceId, id), before))
      .orderBy(desc(activity.seq), desc(activity.position))
      .limit(PAGE + 1)
    const last = rows.length > PAGE ? rows[PAGE - 1]?.entry : undefined
    return c.json({
      activity: rows.slice(0, PAGE).map(({ entry: { at, root, key, outcome, from, to }, userName }) => ({
        at,
        /** Null for the server itself, and for people whose account is gone. */
        userName,
        root,
        key,
        outcome,
        from: parse(from),
        to: parse(to)
      })),
      /** For `?before=`; null on the last page. */
      next: last === undefined ? null : `${last.seq}.${last.position}`
    })
  })

const parseCursor = (text: string | undefined) => {
  if (text === undefined) return undefined
  const [seq, position] = /^\d{1,15}\.\d{1,9}$/.test(text) ? text.split('.').map(Number) : []
  if (seq === undefined || position === undefined)
    throw new ApiError(400, 'bad-input', 'before: not a cursor')
  // A row comparison uses the index.
  return sql`(${activity.seq}, ${activity.position}) < (${seq}, ${position})`
}

const parse = (json: string | null): unknown => (json === null ? null : JSON.parse(json))
