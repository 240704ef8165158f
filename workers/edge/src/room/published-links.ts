import { links } from '@foyer/db'
import type { ItemKind, ItemRef } from '@foyer/doc'
import type { InStatement, ResultSet } from '@libsql/client/web'
import { inChunks, insertRows } from '../bulk-statements.ts'
import type { ProjectedChange } from './update-store.ts'

type LinkRow = typeof links.$inferInsert

/** The links that a commit may publish. */
const rowsOf = (workspaceId: string, seq: number, changes: ProjectedChange[]): LinkRow[] =>
  changes.flatMap(({ item, linksChanged }) =>
    item !== undefined && linksChanged
      ? [{ slug: item.slug, workspaceId, itemId: item.id, kind: item.kind, seq }]
      : []
  )

/**
 * Publishes links. A slug is its first item's for good: no row of `links` is ever deleted or changed, not with a reset,
 * a deletion, a restore or the end of a workspace, so that nobody else receives the guests of an old link.
 */
export const publishStatements = (
  workspaceId: string,
  seq: number,
  changes: ProjectedChange[]
): InStatement[] => insertRows(links, rowsOf(workspaceId, seq, changes), 'on conflict (slug) do nothing')

/** Which of these changes name a slug that is another item's: to be asked after publishing, in the same batch. */
export const takenStatements = (workspaceId: string, changes: ProjectedChange[]): InStatement[] =>
  inChunks(rowsOf(workspaceId, 0, changes)).map(rows => ({
    sql: `select value ->> 'kind' as kind, value ->> 'itemId' as id
      from json_each(?) join links on links.slug = value ->> 'slug'
      where not (links.workspace_id = ? and links.kind = value ->> 'kind' and links.item_id = value ->> 'itemId')`,
    args: [JSON.stringify(rows), workspaceId]
  }))

/** Items of a workspace whose slug is another item's: what a room that ended too early left behind. */
export const allTakenStatement = (workspaceId: string): InStatement => ({
  sql: (['room', 'webinar'] as const)
    .map(
      kind => `select '${kind}' as kind, items.id from ${kind}s as items join links on links.slug = items.slug
        where items.workspace_id = ?1
        and not (links.workspace_id = ?1 and links.kind = '${kind}' and links.item_id = items.id)`
    )
    .join(' union all '),
  args: [workspaceId]
})

export const readTaken = (results: (ResultSet | undefined)[]): ItemRef[] =>
  results
    .flatMap(result => result?.rows ?? [])
    .map(row => ({ kind: row['kind'] as ItemKind, id: row['id'] as string }))
