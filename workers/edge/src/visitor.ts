import { members, sessions, users, workspaceDocs } from '@foyer/db'
import { getCookies } from 'better-auth/cookies'
import { and, eq, gt } from 'drizzle-orm'
import type { Context } from 'hono'
import { getSignedCookie } from 'hono/cookie'
import type { Database } from './database.ts'
import type { Settings } from './settings.ts'

/** Who comes with a session that is good now. */
export interface Visitor {
  userId: string
  userName: string
  /** Null where they are not in the workspace, or there is none. */
  role: string | null
}

/**
 * The session and the role of somebody at a workspace's door, in one question to the database: hundreds of devices
 * may come back within a second. Session cookies are better-auth's; it is asked itself everywhere else.
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
      role: members.role,
      document: workspaceDocs.workspaceId
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(members, and(eq(members.userId, sessions.userId), eq(members.organizationId, workspaceId)))
    .leftJoin(workspaceDocs, eq(workspaceDocs.workspaceId, members.organizationId))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, new Date())))
  if (found === undefined) return null
  const { document, role, ...visitor } = found
  return { ...visitor, role: document === null ? null : role }
}
