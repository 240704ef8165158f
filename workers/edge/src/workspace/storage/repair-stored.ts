import type { InStatement, ResultSet } from '@libsql/client/web'
import { logFailure } from '../../log.ts'

/** Highest commit or generation: never reached, and still an exact number. */
export const MAX_SEQ = 2 ** 52

/** Rows that no commit can have written: SQLite columns accept values of any type. */
const isInvalidRow = `(typeof(seq) <> 'integer' or seq not between 1 and ${MAX_SEQ} or typeof(part) <> 'integer' or part < 0)`

/** The last commit with updates; 0 without any. */
const lastStored = `coalesce((select max(seq) from doc_updates
  where workspace_id = ?1 and seq between 1 and ${MAX_SEQ} and typeof(seq) = 'integer'), 0)`

const wholeOr = (column: string, otherwise: string) =>
  `case when typeof(${column}) = 'integer' and ${column} between 0 and ${MAX_SEQ} then ${column} else ${otherwise} end`

/** Sets such rows aside under their numbers. */
const keepRows = (
  table: 'doc_updates' | 'doc_snapshots',
  kind: 'update' | 'snapshot',
  where: string
): string =>
  `insert into doc_set_aside (workspace_id, seq, kind, name, part, data, reason, created_at)
    select workspace_id, 0, '${kind}', 'row ' || quote(seq) || '/' || quote(part), 0, cast(data as blob),
      'no commit has this number', ?2
    from ${table} where workspace_id = ?1 and ${where}
    on conflict do nothing returning kind, name`

/**
 * Repairs rows that something else than this server has changed, where loading would fail or
 * commits would be lost. Numbers become integers, and the head is at least the last stored commit.
 * Invalid rows, and snapshots above the head, are set aside.
 * @param now ms since 1970
 */
export const repairStatements = (workspaceId: string, now: number): InStatement[] => {
  // `now` is a generation that no replica has, so all of them start afresh.
  const row = `head = max(${wholeOr('head', '0')}, ${lastStored}), generation = ${wholeOr('generation', '?2')}`
  const isAbove = 'seq > (select head from workspace_docs where workspace_id = ?1)'
  const args = [workspaceId, now]
  return [
    {
      sql: 'select quote(head) as head, quote(generation) as generation from workspace_docs where workspace_id = ?',
      args: [workspaceId]
    },
    { sql: `update workspace_docs set ${row} where workspace_id = ?1 returning head, generation`, args },
    { sql: keepRows('doc_updates', 'update', isInvalidRow), args },
    { sql: keepRows('doc_snapshots', 'snapshot', `(${isInvalidRow} or ${isAbove})`), args },
    {
      sql: `delete from doc_snapshots where workspace_id = ?1 and (${isInvalidRow} or ${isAbove})`,
      args: [workspaceId]
    }
  ]
}

/**
 * Reads the results of `repairStatements` and logs the repairs.
 * @returns undefined for an unknown workspace
 */
export const readRepaired = (
  workspaceId: string,
  [before, repaired, ...kept]: ResultSet[]
): { head: number; generation: number } | undefined => {
  const row = repaired?.rows[0]
  if (row === undefined) return undefined
  const now = { head: Number(row['head']), generation: Number(row['generation']) }
  for (const column of ['head', 'generation'] as const) {
    if ((before?.rows[0]?.[column] as string) === String(now[column])) continue
    logFailure(`the ${column} of ${workspaceId} was repaired: it is ${now[column]}`)
  }
  for (const { kind, name } of kept.flatMap(({ rows }) => rows)) {
    logFailure(`set aside: ${kind as string} ${name as string} of ${workspaceId}: no commit has this number`)
  }
  return now
}
