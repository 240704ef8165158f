import { docSetAside } from '@foyer/db'
import { LibsqlBatchError, type InStatement, type ResultSet } from '@libsql/client/web'
import { and, eq } from 'drizzle-orm'
import { toStatement, type Database } from '../../database.ts'
import { describeError, logFailure } from '../../log.ts'
import { isFenced } from './ownership-guard.ts'
import { projectionStatements } from './projection.ts'
import { setAsideStatements } from './set-aside.ts'
import type { ProjectedChange, SetAside } from './update-store.ts'

export interface ProjectedBatch {
  database: Database
  workspaceId: string
  /** The commit that it writes. */
  seq: number
  /** The commit itself, atomic. */
  statements: InStatement[]
  /** The items of the projection. */
  changes: ProjectedChange[]
  /** Queries at the end of the batch. */
  asked?: InStatement[]
  /** The guard of later batches. */
  guard: InStatement
  /** ms since 1970 */
  now: number
}

/**
 * Writes a commit with its projection, in one batch. If the database rejects a row, the commit is
 * written without its projection. Then the rows are written one by one, and the rejected ones are
 * set aside.
 * @returns the results of `asked`
 * @throws the database's error, if the commit was not written or the outcome is unknown
 */
export const writeProjected = async (batch: ProjectedBatch): Promise<ResultSet[]> => {
  const { database, workspaceId, seq, statements, changes, asked = [] } = batch
  const projection = projectionStatements(workspaceId, seq, changes)
  try {
    const results = await database.client.batch([...statements, ...projection, ...asked], 'write')
    return results.slice(statements.length + projection.length)
  } catch (error) {
    const at = error instanceof LibsqlBatchError ? error.statementIndex - statements.length : -1
    if (at < 0 || at >= projection.length) throw error
    return writeApart(batch, describeError(error))
  }
}

/** A row counts as set aside until it is written, in case this is interrupted. */
const writeApart = async (batch: ProjectedBatch, reason: string): Promise<ResultSet[]> => {
  const { database, workspaceId, statements, changes, asked = [], now } = batch
  const aside = changes.flatMap(change =>
    setAsideStatements(database.orm, workspaceId, rowOf(batch, change, reason), now)
  )
  const results = await database.client.batch([...statements, ...aside, ...asked], 'write')
  try {
    await writeRows(batch, changes)
  } catch (error) {
    logFailure(`the projection of commit ${batch.seq} of ${workspaceId} stays behind`, error)
  }
  return results.slice(statements.length + aside.length)
}

/** Bisects the rows down to the rejected ones. */
const writeRows = async (batch: ProjectedBatch, changes: ProjectedChange[]): Promise<void> => {
  const { database, workspaceId, seq, guard } = batch
  const taken = changes.map(({ ref }) =>
    toStatement(
      database.orm
        .delete(docSetAside)
        .where(
          and(
            eq(docSetAside.workspaceId, workspaceId),
            eq(docSetAside.seq, seq),
            eq(docSetAside.kind, 'row'),
            eq(docSetAside.name, nameOf(ref))
          )
        )
    )
  )
  try {
    await database.client.batch(
      [guard, ...projectionStatements(workspaceId, seq, changes), ...taken],
      'write'
    )
  } catch (error) {
    if (isFenced(error) || !(error instanceof LibsqlBatchError)) throw error
    const half = Math.ceil(changes.length / 2)
    const [first] = changes
    if (first !== undefined && changes.length === 1) {
      logFailure(`set aside: row ${nameOf(first.ref)} of commit ${seq} of ${workspaceId}`, error)
      return
    }
    await writeRows(batch, changes.slice(0, half))
    await writeRows(batch, changes.slice(half))
  }
}

const nameOf = ({ kind, id }: ProjectedChange['ref']): string => `${kind}/${id}`

const rowOf = ({ seq }: ProjectedBatch, { ref, item }: ProjectedChange, reason: string): SetAside => ({
  kind: 'row',
  seq,
  name: nameOf(ref),
  bytes: new TextEncoder().encode(JSON.stringify(item ?? null)),
  reason
})
