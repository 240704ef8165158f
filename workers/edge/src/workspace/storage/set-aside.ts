import { docSetAside, docSnapshots } from '@foyer/db'
import type { InStatement } from '@libsql/client/web'
import { and, asc, eq } from 'drizzle-orm'
import { splitBytes } from '../../bytes.ts'
import { toStatement, type Database } from '../../database.ts'
import type { SetAside } from './update-store.ts'

const MAX_REASON_CHARACTERS = 500

/** Keeps an unusable value. A snapshot is also removed from its table. */
export const setAsideStatements = (
  orm: Database['orm'],
  workspaceId: string,
  { kind, seq, name, bytes, reason }: SetAside,
  now: number
): InStatement[] => {
  const row = {
    workspaceId,
    seq,
    kind,
    name,
    reason: reason.slice(0, MAX_REASON_CHARACTERS),
    createdAt: now
  }
  const parts = splitBytes(bytes).map((data, part) =>
    toStatement(
      orm
        .insert(docSetAside)
        .values({ ...row, part, data: data as Buffer })
        .onConflictDoNothing()
    )
  )
  if (kind !== 'snapshot') return parts
  const itself = and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, seq))
  return [...parts, toStatement(orm.delete(docSnapshots).where(itself))]
}

/** Lists what was set aside, oldest first. */
export const listSetAside = async (
  orm: Database['orm'],
  workspaceId: string
): Promise<{ kind: string; seq: number; name: string; reason: string }[]> =>
  orm
    .select({
      kind: docSetAside.kind,
      seq: docSetAside.seq,
      name: docSetAside.name,
      reason: docSetAside.reason
    })
    .from(docSetAside)
    .where(and(eq(docSetAside.workspaceId, workspaceId), eq(docSetAside.part, 0)))
    .orderBy(asc(docSetAside.seq))
