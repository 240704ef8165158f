import { can } from '@foyer/access'
import { uploads } from '@foyer/db'
import { PICTURE_LIMITS, PICTURE_QUOTA } from '@foyer/doc/policy'
import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import { Hono } from 'hono/quick'
import type { Database } from '../database.ts'
import { ApiError } from '../http/api-error.ts'
import { enforceRateLimit, type RequestLimit } from '../http/rate-limit.ts'
import { parseSha256 } from '../http/sha256-param.ts'
import { signedIn } from '../http/signed-in.ts'
import { requireMembership } from '../membership.ts'
import { pictureName, thumbnailName } from '../pictures/picture-store.ts'
import { hasProportionsOf } from '../pictures/proportions.ts'
import { readPicture } from '../pictures/read-picture.ts'
import type { Services } from '../services.ts'

/** Both sizes count. */
const LIMIT: RequestLimit = { name: 'upload', max: 120, windowMs: 60_000 }

/**
 * Stores pictures under their SHA-256; repeating an upload is a no-op. A picture's bytes are
 * written before its row: an interruption leaves uncounted bytes, which the retry reuses. A
 * thumbnail is counted first, as it can be sent again.
 */
export const uploadRoutes = ({ auth, database, pictures }: Services) =>
  new Hono<{ Variables: { userId: string } }>()
    .use(signedIn(auth))
    .use(async (c, next) => {
      await enforceRateLimit(database, c.var.userId, LIMIT)
      await next()
    })

    .put('/:sha256', async c => {
      const { userId } = c.var
      const sha256 = parseSha256(c.req.param('sha256'))
      const workspaceId = await requireUploadAccess(database, userId, c.req.query('workspace'))
      const {
        bytes: body,
        type,
        width,
        height
      } = await readPicture(c.req.raw, {
        mostBytes: PICTURE_LIMITS.bytes,
        hash: sha256
      })
      const upload = { sha256, width, height, bytes: body.length, type }
      const isKnown = await markUsed(database, workspaceId, sha256)
      // Checked here too, so that bytes beyond the quota are not stored.
      if (!isKnown && !(await hasRoom(database, workspaceId, body.length))) throw overQuota()
      await pictures.put(pictureName(sha256), body, type)
      if (isKnown) return c.json({ upload }, 200)
      const row = { ...upload, workspaceId, userId, createdAt: Date.now() }
      if (await insertUpload(database, row)) return c.json({ upload }, 201)
      if ((await findUpload(database, workspaceId, sha256)) === undefined) throw overQuota()
      return c.json({ upload }, 200)
    })

    .put('/:sha256/thumbnail', async c => {
      const sha256 = parseSha256(c.req.param('sha256'))
      const workspaceId = await requireUploadAccess(database, c.var.userId, c.req.query('workspace'))
      const picture = await findUpload(database, workspaceId, sha256)
      if (picture === undefined) {
        throw new ApiError(404, 'no-such-picture', 'This workspace has no such picture.')
      }
      const {
        bytes: body,
        type,
        width,
        height
      } = await readPicture(c.req.raw, { mostBytes: PICTURE_LIMITS.thumbnailBytes })
      if (Math.max(width, height) > PICTURE_LIMITS.thumbnailSide) {
        throw new ApiError(
          413,
          'too-large',
          `A thumbnail has at most ${PICTURE_LIMITS.thumbnailSide} pixels on each side.`
        )
      }
      if (!hasProportionsOf(picture, { width, height })) {
        throw new ApiError(400, 'other-proportions', 'A thumbnail has the proportions of its picture.')
      }
      const thumbnail = { sha256, width, height, bytes: body.length, type }
      // All workspaces share one thumbnail, and only the first owner of the picture may set it.
      if (!(await wasFirst(database, workspaceId, sha256))) return c.json({ thumbnail }, 200)
      if (!(await noteThumbnail(database, workspaceId, sha256, body.length))) throw overQuota()
      const isFirst = await pictures.put(thumbnailName(sha256), body, type)
      return c.json({ thumbnail }, isFirst ? 201 : 200)
    })

const requireUploadAccess = async (database: Database, userId: string, workspaceId = ''): Promise<string> => {
  const { id, role } = await requireMembership(database, userId, workspaceId)
  if (!can(role, 'upload-pictures')) {
    throw new ApiError(403, 'read-only', 'Viewers can look at pictures, not add any.')
  }
  return id
}

const overQuota = () => new ApiError(413, 'over-quota', 'This workspace has no room for more pictures.')

const findUpload = async ({ orm }: Database, workspaceId: string, sha256: string) => {
  const [row] = await orm
    .select({ width: uploads.width, height: uploads.height })
    .from(uploads)
    .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.sha256, sha256)))
  return row
}

/** Restarts the 30 days of an unused picture. @returns false if the workspace does not have it */
const markUsed = async ({ orm }: Database, workspaceId: string, sha256: string): Promise<boolean> => {
  const { rowsAffected } = await orm
    .update(uploads)
    .set({ unusedSince: null })
    .where(and(eq(uploads.workspaceId, workspaceId), eq(uploads.sha256, sha256)))
  return rowsAffected === 1
}

/** Whether this workspace was the first with the picture. */
const wasFirst = async ({ orm }: Database, workspaceId: string, sha256: string): Promise<boolean> => {
  const [first] = await orm
    .select({ workspaceId: uploads.workspaceId })
    .from(uploads)
    .where(eq(uploads.sha256, sha256))
    .orderBy(asc(uploads.createdAt), asc(uploads.workspaceId))
    .limit(1)
  return first?.workspaceId === workspaceId
}

/** SQL: whether the quota has room. Used within the write, so that it cannot race. */
const fitsQuota = (workspaceId: string, more: { bytes: number; pictures: number }): SQL<number> =>
  sql`(select count(*) + ${more.pictures} <= ${PICTURE_QUOTA.pictures}
    and coalesce(sum(bytes + thumbnail_bytes), 0) + ${more.bytes} <= ${PICTURE_QUOTA.bytes}
    from uploads where workspace_id = ${workspaceId})`

const hasRoom = async ({ orm }: Database, workspaceId: string, bytes: number): Promise<boolean> => {
  const row = await orm.get<{ fits: number }>(
    sql`select ${fitsQuota(workspaceId, { bytes, pictures: 1 })} as fits`
  )
  return row.fits === 1
}

/** @returns false if it exceeds the quota or exists already */
const insertUpload = async ({ orm }: Database, row: typeof uploads.$inferInsert): Promise<boolean> => {
  const { workspaceId, sha256, bytes, type, width, height, userId, createdAt } = row
  const { rowsAffected } = await orm.run(sql`insert into uploads
    (workspace_id, sha256, bytes, type, width, height, user_id, created_at)
    select ${workspaceId}, ${sha256}, ${bytes}, ${type}, ${width}, ${height}, ${userId}, ${createdAt}
    where ${fitsQuota(workspaceId, { bytes, pictures: 1 })} on conflict do nothing`)
  return rowsAffected === 1
}

/** Counts the first thumbnail. @returns false if it exceeds the quota */
const noteThumbnail = async (
  { orm }: Database,
  workspaceId: string,
  sha256: string,
  bytes: number
): Promise<boolean> => {
  const { rowsAffected } = await orm
    .update(uploads)
    .set({
      thumbnailBytes: sql`case when ${uploads.thumbnailBytes} = 0 then ${bytes} else ${uploads.thumbnailBytes} end`
    })
    .where(
      and(
        eq(uploads.workspaceId, workspaceId),
        eq(uploads.sha256, sha256),
        sql`(${uploads.thumbnailBytes} > 0 or ${fitsQuota(workspaceId, { bytes, pictures: 0 })})`
      )
    )
  return rowsAffected === 1
}
