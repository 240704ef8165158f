import { pins } from '@foyer/db'
import { ITEM_ID } from '@foyer/doc'
import { and, asc, desc, eq } from 'drizzle-orm'
import { Hono } from 'hono/quick'
import * as v from 'valibot'
import { insertRows } from '../bulk-statements.ts'
import type { Database } from '../database.ts'
import { ApiError } from '../http/api-error.ts'
import { enforceRateLimit, type RequestLimit } from '../http/rate-limit.ts'
import { signedIn } from '../http/signed-in.ts'
import { validatedJson } from '../http/validated.ts'
import { requireMembership } from '../membership.ts'
import type { Services } from '../services.ts'

/** Far more than a workspace has items. */
const MAX_PINS = 20_000

const LIMIT: RequestLimit = { name: 'pins', max: 60, windowMs: 60_000 }

const changes = v.object({
  pins: v.pipe(
    v.array(
      v.object({
        itemId: v.pipe(v.string(), v.regex(ITEM_ID, 'not an item id')),
        pinned: v.boolean(),
        /** ms since 1970 */
        at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))
      })
    ),
    v.minLength(1, 'empty'),
    v.maxLength(500, 'more than 500')
  )
})

/** A person's pins, synced between their devices. For each item the later change wins. */
export const pinRoutes = ({ auth, database }: Services) =>
  new Hono<{ Variables: { userId: string } }>()
    .use(signedIn(auth))

    .get('/:id/pins', async c => {
      const { userId } = c.var
      const { id } = await requireMembership(database, userId, c.req.param('id'))
      return c.json({ pins: await listPins(database, id, userId) })
    })

    .put('/:id/pins', validatedJson(changes), async c => {
      const { userId } = c.var
      const { id: workspaceId } = await requireMembership(database, userId, c.req.param('id'))
      await enforceRateLimit(database, userId, LIMIT)
      const now = Date.now()
      const rows = c.req
        .valid('json')
        .pins.map(({ at, ...pin }) => ({ ...pin, workspaceId, userId, at: Math.min(at, now) }))
      const merge =
        'on conflict do update set pinned = excluded.pinned, at = excluded.at where excluded.at > pins.at'
      if ((await database.orm.$count(pins, ofPerson(workspaceId, userId))) > MAX_PINS) {
        throw new ApiError(413, 'over-quota', 'You have pinned too much here.')
      }
      await database.client.batch(insertRows(pins, rows, merge), 'write')
      return c.json({ pins: await listPins(database, workspaceId, userId) })
    })

const ofPerson = (workspaceId: string, userId: string) =>
  and(eq(pins.workspaceId, workspaceId), eq(pins.userId, userId))

/** Includes removed pins, so that devices learn of them. Newest first. */
const listPins = ({ orm }: Database, workspaceId: string, userId: string) =>
  orm
    .select({ itemId: pins.itemId, pinned: pins.pinned, at: pins.at })
    .from(pins)
    .where(ofPerson(workspaceId, userId))
    .orderBy(desc(pins.at), asc(pins.itemId))
