import { members, organizations, workspaceDocs } from '@foyer/db'
import { can, parseRole, type Role } from '@foyer/access'
import { and, asc, eq } from 'drizzle-orm'
import type { Database } from './database.ts'
import { ApiError } from './http/api-error.ts'

/** A workspace as seen by a member. */
export interface Membership {
  id: string
  name: string
  role: Role
  /** Derives host links; null for viewers. */
  linkKey: string | null
}

const columns = {
  id: organizations.id,
  name: organizations.name,
  role: members.role,
  linkKey: workspaceDocs.linkKey
}

const toMembership = (row: { id: string; name: string; role: string; linkKey: string }): Membership => {
  const role = parseRole(row.role)
  return { ...row, role, linkKey: can(role, 'see-host-links') ? row.linkKey : null }
}

const query = ({ orm }: Database) =>
  orm
    .select(columns)
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .innerJoin(workspaceDocs, eq(workspaceDocs.workspaceId, members.organizationId))

/** A person's workspaces, oldest membership first. */
export const listMemberships = async (database: Database, userId: string): Promise<Membership[]> => {
  const rows = await query(database)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.createdAt), asc(members.id))
  return rows.map(toMembership)
}

/** Undefined for an unknown workspace and for a non-member alike. */
export const findMembership = async (
  database: Database,
  userId: string,
  workspaceId: string
): Promise<Membership | undefined> => {
  const [row] = await query(database).where(
    and(eq(members.userId, userId), eq(members.organizationId, workspaceId))
  )
  return row && toMembership(row)
}

/** @throws {ApiError} 403 */
export const requireMembership = async (
  database: Database,
  userId: string,
  workspaceId: string
): Promise<Membership> => {
  const membership = await findMembership(database, userId, workspaceId)
  if (membership === undefined) throw new ApiError(403, 'not-a-member', 'You are not in this workspace.')
  return membership
}

/** Ids of the workspaces of a user. */
export const listWorkspaceIds = async ({ orm }: Database, userId: string): Promise<string[]> => {
  const rows = await orm
    .select({ id: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId))
  return rows.map(({ id }) => id)
}
