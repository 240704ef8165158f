import type { InStatement } from '@libsql/client/web'

/** The database's error when a guard fails its batch. */
const FENCED = 'malformed JSON'

/**
 * The first statement of a batch: fails the batch unless the workspace still has this owner and
 * this head, if given. SQLite evaluates only the matching branch of a `case`, and "FENCED" is
 * invalid JSON.
 */
export const ownershipGuard = ({
  workspaceId,
  owner,
  head
}: {
  workspaceId: string
  owner?: string
  head?: number
}): InStatement => {
  const conditions = [
    'workspace_id = ?',
    owner !== undefined && 'owner = ?',
    head !== undefined && 'head = ?'
  ]
  return {
    sql: `select case when exists (
      select 1 from workspace_docs where ${conditions.filter(Boolean).join(' and ')}
    ) then 1 else json('FENCED') end`,
    args: [workspaceId, ...(owner === undefined ? [] : [owner]), ...(head === undefined ? [] : [head])]
  }
}

/**
 * The first statement of a batch: fails the batch if anything is stored under this id. The remains
 * of a deleted workspace must not go to whoever adopts its id.
 */
export const unusedGuard = (workspaceId: string): InStatement => ({
  sql: `select case when ${['doc_updates', 'doc_snapshots', 'links']
    .map(table => `exists (select 1 from ${table} where workspace_id = ?1)`)
    .join(' or ')} then json('FENCED') else 1 end`,
  args: [workspaceId]
})

/** Whether a guard failed the batch, so that nothing was written. */
export const isFenced = (error: unknown): boolean => error instanceof Error && error.message.includes(FENCED)
