import { links, rooms, webinars } from '@foyer/db'
import type { Access, Cover, Lobby, Look, Schedule } from '@foyer/doc'
import { and, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Database } from '../database.ts'
import { ApiError } from '../http/api-error.ts'
import type { Services } from '../services.ts'

/** What anybody with a participant link may know: no ids, no tokens. */
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
    const link = await findLink(database, c.req.param('slug'))
    if (link === undefined) throw new ApiError(404, 'not-published', 'This link has not been published yet.')
    c.header('cache-control', 'no-store')
    return c.json({ link })
  })

const findLink = async ({ orm }: Database, slug: string): Promise<PublicLink | undefined> => {
  const [row] = await orm
    .select({ kind: links.kind, room: rooms, webinar: webinars })
    .from(links)
    .leftJoin(rooms, and(eq(rooms.workspaceId, links.workspaceId), eq(rooms.id, links.itemId)))
    .leftJoin(webinars, and(eq(webinars.workspaceId, links.workspaceId), eq(webinars.id, links.itemId)))
    .where(eq(links.slug, slug))
  const item = row?.webinar ?? row?.room
  // A link of a slug that was reset meanwhile opens nothing, whatever the table still holds.
  if (row === undefined || item?.slug !== slug) return undefined
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

const parse = (json: string | null): unknown => (json === null ? null : JSON.parse(json))
