import { links, rooms, webinars } from '@foyer/db'
import type { Access, Cover, Lobby, Look, Schedule } from '@foyer/doc'
import { and, eq } from 'drizzle-orm'
import { Hono } from 'hono/quick'
import type { Database } from '../database.ts'
import { ApiError } from '../http/api-error.ts'
import type { Services } from '../services.ts'

/** The public part of an item: no ids, no tokens. */
interface PublicLink {
  kind: 'room' | 'webinar'
  name: string
  cover: Cover
  look: Look | null
  lobby: Lobby | null
  access: Access
  /** A deleted item is kept for 30 days, and its link does not open meanwhile. */
  state: 'open' | 'deleted'
  /** Webinars: ms since 1970, and the schedule it comes from. */
  startsAt: number | null
  schedule: Schedule | null
}

export const linkRoutes = ({ database }: Services) =>
  new Hono().get('/:slug', async c => {
    c.header('cache-control', 'no-store')
    return c.json({ link: await findLink(database, c.req.param('slug')) })
  })

/** @throws {ApiError} not published yet, reset or deleted */
const findLink = async ({ orm }: Database, slug: string): Promise<PublicLink> => {
  const [row] = await orm
    .select({ kind: links.kind, room: rooms, webinar: webinars })
    .from(links)
    .leftJoin(rooms, ofKind('room', rooms))
    .leftJoin(webinars, ofKind('webinar', webinars))
    .where(eq(links.slug, slug))
  if (row === undefined) throw new ApiError(404, 'not-published', 'This link has not been published yet.')
  const item = row.webinar ?? row.room
  if (item === null) throw new ApiError(410, 'link-gone', 'What this link led to has been deleted.')
  // An old slug of the item.
  if (item.slug !== slug) throw new ApiError(410, 'link-reset', 'This link was replaced by its host.')
  const deleted = item.deletedAt !== null
  return {
    kind: row.kind,
    name: item.name,
    cover: JSON.parse(item.cover) as Cover,
    look: parse(item.look) as Look | null,
    lobby: parse(item.lobby) as Lobby | null,
    access: item.access as Access,
    state: deleted ? 'deleted' : 'open',
    startsAt: row.webinar?.startsAt ?? null,
    schedule: parse(row.webinar?.schedule ?? null) as Schedule | null
  }
}

const ofKind = (kind: 'room' | 'webinar', table: typeof rooms | typeof webinars) =>
  and(eq(links.kind, kind), eq(table.workspaceId, links.workspaceId), eq(table.id, links.itemId))

const parse = (json: string | null): unknown => (json === null ? null : JSON.parse(json))
