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

/** Did a batch fail by its guard, with nothing written? */
export const isFenced = (error: unknown): boolean => error instanceof Error && error.message.includes(FENCED)
