import { organizations } from '@foyer/db'
import type { InStatement } from '@libsql/client/web'
import { eq } from 'drizzle-orm'
import { toStatement, type Database } from '../../database.ts'

/** Copies the name out of the document, for lists of workspaces. */
export const workspaceNameStatement = (
  orm: Database['orm'],
  workspaceId: string,
  name: string
): InStatement =>
  toStatement(orm.update(organizations).set({ name }).where(eq(organizations.id, workspaceId)))
