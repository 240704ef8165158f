import { members, sessions, users } from '@foyer/db'
import { LIMITS } from '@foyer/doc/policy'
import { parseRole } from '@foyer/access'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import type { SessionState } from './session-watch.ts'

/** Looks up sessions and the roles of their users. Ended sessions are absent. */
export const readSessionStates = async (
  { orm }: Database,
  workspaceId: string,
  sessionIds: string[],
  now: number
): Promise<Map<string, SessionState>> => {
  const rows = await orm
    .select({ id: sessions.id, endsAt: sessions.expiresAt, userName: users.name, role: members.role })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(members, and(eq(members.userId, sessions.userId), eq(members.organizationId, workspaceId)))
    .where(
      and(
        sql`${sessions.id} in (select value from json_each(${JSON.stringify(sessionIds)}))`,
        gt(sessions.expiresAt, new Date(now))
      )
    )
  return new Map(
    rows.map(({ id, endsAt, userName, role }) => [
      id,
      {
        endsAt: endsAt.getTime(),
        userName: userName.slice(0, LIMITS.nameCharacters),
        role: role === null ? null : parseRole(role)
      }
    ])
  )
}
