import { members, organizations, rooms, usage, webinars, workspaceDocs } from '@foyer/db'
import { typedName } from '@foyer/doc'
import { MOST_OWNED_WORKSPACES } from '@foyer/doc/policy'
import { and, eq, isNull } from 'drizzle-orm'
import { Hono } from 'hono/quick'
import { nanoid } from 'nanoid'
import * as v from 'valibot'
import { toStatement, type Database } from '../database.ts'
import { homeOrder, roomRank, webinarRank } from '../home-order.ts'
import { ApiError } from '../http/api-error.ts'
import { enforceRateLimit, type RequestLimit } from '../http/rate-limit.ts'
import { signedIn } from '../http/signed-in.ts'
import { validatedJson } from '../http/validated.ts'
import { findMembership, listMemberships, requireMembership, type Membership } from '../membership.ts'
import { isFenced, unusedGuard } from '../workspace/storage/ownership-guard.ts'
import type { Services } from '../services.ts'

const adoption = v.object({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{21}$/, 'not a workspace id')),
  name: typedName,
  linkKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, 'not 32 bytes in base64url'))
})

/** How many workspaces of one person can come into being at a time. */
const LIMIT: RequestLimit = { name: 'adopt', max: 20, windowMs: 60 * 60_000 }

export const workspaceRoutes = ({ auth, database }: Services) =>
  new Hono<{ Variables: { userId: string } }>()
    .use(signedIn(auth))

    .get('/', async c => c.json({ workspaces: await listMemberships(database, c.var.userId) }))

    // Adopts a workspace made on a device. It keeps its id and link key, so its links stay valid.
    .post('/', validatedJson(adoption), async c => {
      const { userId } = c.var
      const asked = c.req.valid('json')
      const known = await findMembership(database, userId, asked.id)
      if (known !== undefined) return c.json({ workspace: known }, 200)
      await enforceRateLimit(database, userId, LIMIT)
      await assertWorkspaceQuota(database, userId)
      await adopt(database, userId, asked)
      const workspace: Membership = { ...asked, role: 'owner' }
      return c.json({ workspace }, 201)
    })

    .get('/:id', async c =>
      c.json({ workspace: await requireMembership(database, c.var.userId, c.req.param('id')) })
    )

    .get('/:id/rooms', async c => {
      const workspace = await requireMembership(database, c.var.userId, c.req.param('id'))
      const lastUsedAt = usage.lastUsedAt
      const rows = await database.orm
        .select({ room: rooms, lastUsedAt })
        .from(rooms)
        .leftJoin(usage, and(eq(usage.workspaceId, rooms.workspaceId), eq(usage.itemId, rooms.id)))
        .where(and(eq(rooms.workspaceId, workspace.id), isNull(rooms.deletedAt)))
        .orderBy(...homeOrder(roomRank(lastUsedAt, Date.now()), rooms))
      return c.json({
        rooms: rows.map(({ room: { id, slug, name, access, createdAt }, lastUsedAt }) => ({
          id,
          slug,
          name,
          access,
          createdAt,
          lastUsedAt
        }))
      })
    })

    .get('/:id/webinars', async c => {
      const workspace = await requireMembership(database, c.var.userId, c.req.param('id'))
      const rows = await database.orm
        .select()
        .from(webinars)
        .where(and(eq(webinars.workspaceId, workspace.id), isNull(webinars.deletedAt)))
        .orderBy(...homeOrder(webinarRank(Date.now()), webinars))
      return c.json({
        webinars: rows.map(({ id, slug, name, access, createdAt, startsAt, endsAt, description }) => ({
          id,
          slug,
          name,
          access,
          createdAt,
          startsAt,
          endsAt,
          description
        }))
      })
    })

const assertWorkspaceQuota = async ({ orm }: Database, userId: string): Promise<void> => {
  const owned = await orm.$count(members, and(eq(members.userId, userId), eq(members.role, 'owner')))
  if (owned >= MOST_OWNED_WORKSPACES) {
    throw new ApiError(403, 'too-many-workspaces', `One account can own ${MOST_OWNED_WORKSPACES} workspaces.`)
  }
}

const adopt = async (
  { client, orm }: Database,
  userId: string,
  { id, name, linkKey }: v.InferOutput<typeof adoption>
): Promise<void> => {
  const createdAt = new Date()
  try {
    await client.batch(
      [
        unusedGuard(id),
        ...[
          orm.insert(organizations).values({ id, name, slug: id, createdAt }),
          orm.insert(members).values({ id: nanoid(), organizationId: id, userId, role: 'owner', createdAt }),
          orm.insert(workspaceDocs).values({ workspaceId: id, linkKey, createdAt: createdAt.getTime() })
        ].map(toStatement)
      ],
      'write'
    )
  } catch (error) {
    if (isFenced(error) || (error instanceof Error && /UNIQUE constraint|PRIMARYKEY/i.test(error.message))) {
      throw new ApiError(409, 'workspace-taken', 'This workspace belongs to another account.')
    }
    throw error
  }
}
