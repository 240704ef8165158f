import { organizations } from '@foyer/db'
import type { InStatement } from '@libsql/client/web'
import { eq } from 'drizzle-orm'
import { toStatement, type Database } from '../../database.ts'

/** The document has the name; lists of workspaces read it here. */
export const workspaceNameStatement = (
  orm: Database['orm'],
  workspaceId: string,
  name: string
): InStatement =>
  toStatement(orm.update(organizations).set({ name }).where(eq(organizations.id, workspaceId)))
