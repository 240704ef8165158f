import { members, sessions, users, workspaceDocs } from '@foyer/db'
import { parseRole, type Role } from '@foyer/access'
import { getCookies } from 'better-auth/cookies'
import { and, eq, gt } from 'drizzle-orm'
import type { Context } from 'hono'
import { getSignedCookie } from 'hono/cookie'
import type { Database } from './database.ts'
import type { Settings } from './settings.ts'

/** A user with a valid session. */
export interface Visitor {
  userId: string
  userName: string
  sessionId: string
  /** ms since 1970 */
  sessionEndsAt: number
  /** Null for a non-member or an unknown workspace. */
  role: Role | null
}

/**
 * Reads session and role with one query: hundreds of devices may reconnect within a second. The
 * cookie is better-auth's, which checks it on all other routes.
 * @returns null where nobody is signed in
 */
export const findVisitor = async (
  c: Context,
  { orm }: Database,
  { appOrigin, authSecret }: Settings,
  workspaceId: string
): Promise<Visitor | null> => {
  const cookie = getCookies({ baseURL: appOrigin }).sessionToken.name
  const token = await getSignedCookie(c, authSecret, cookie)
  if (!token) return null
  const [found] = await orm
    .select({
      userId: users.id,
      userName: users.name,
      sessionId: sessions.id,
      endsAt: sessions.expiresAt,
      role: members.role,
      document: workspaceDocs.workspaceId
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(members, and(eq(members.userId, sessions.userId), eq(members.organizationId, workspaceId)))
    .leftJoin(workspaceDocs, eq(workspaceDocs.workspaceId, members.organizationId))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, new Date())))
  if (found === undefined) return null
  const { document, role, endsAt, ...visitor } = found
  const isMember = document !== null && role !== null
  return { ...visitor, sessionEndsAt: endsAt.getTime(), role: isMember ? parseRole(role) : null }
}
