import type { InStatement } from '@libsql/client/web'

/** What the database answers when a guard fails its batch. */
const FENCED = 'malformed JSON'

/**
 * As the first statement of a batch, fails all of it unless the workspace's row is still as given: this owner
 * (where one is named) and this head (likewise). SQLite evaluates a `case` only as far as it must, and the
 * text "FENCED" is no JSON.
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
 * As the first statement of a batch, fails all of it where anything of a document with this id is stored: the rows of a
 * workspace that is gone are not for whoever names its id next.
 */
export const unusedGuard = (workspaceId: string): InStatement => ({
  sql: `select case when ${['doc_updates', 'doc_snapshots', 'links']
    .map(table => `exists (select 1 from ${table} where workspace_id = ?1)`)
    .join(' or ')} then json('FENCED') else 1 end`,
  args: [workspaceId]
})

/** Did a batch fail by its guard, with nothing written? */
export const isFenced = (error: unknown): boolean => error instanceof Error && error.message.includes(FENCED)
