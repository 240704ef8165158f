import { links } from '@foyer/db'
import { ITEM_KINDS, type Item, type ItemKind } from '@foyer/doc'
import type { InStatement, ResultSet } from '@libsql/client/web'
import { inChunks, insertRows } from '../../bulk-statements.ts'
import type { ProjectedChange, WrongLinks } from './update-store.ts'

type LinkRow = typeof links.$inferInsert

/** The links that a commit may publish. */
const rowsOf = (workspaceId: string, seq: number, changes: ProjectedChange[]): LinkRow[] =>
  changes.flatMap(({ item, linksChanged }) =>
    item !== undefined && linksChanged
      ? [{ slug: item.slug, workspaceId, itemId: item.id, kind: item.kind, epoch: item.epoch, seq }]
      : []
  )

/** SQL: whether a row of `links` is this item's. @param workspace a numbered parameter */
const isOf = (workspace: string, kind: string, id: string): string =>
  `links.workspace_id = ${workspace} and links.item_id = ${id} and links.kind = ${kind}`

/**
 * Publishes links. A slug belongs to its first item for good: no row of `links` is ever deleted, so
 * that an old link never leads guests to somebody else. The epoch only rises.
 */
export const publishStatements = (
  workspaceId: string,
  seq: number,
  changes: ProjectedChange[]
): InStatement[] =>
  insertRows(
    links,
    rowsOf(workspaceId, seq, changes),
    `on conflict (slug) do update set epoch = max(links.epoch, excluded.epoch)
      where ${isOf('excluded.workspace_id', 'excluded.kind', 'excluded.item_id')}`
  )

/**
 * Ends the links of deleted items: an item made again under the same id gets a new epoch. Must run
 * before their rows are deleted, and only once.
 * @param ids of the items; left out for all that are there but those of `kept`
 */
export const retireStatement = (
  workspaceId: string,
  kind: ItemKind,
  which: { ids: string[] } | { kept: string[] }
): InStatement => {
  const [ids, are] = 'ids' in which ? [which.ids, 'in'] : [which.kept, 'not in']
  return {
    sql: `update links set epoch = epoch + 1 where workspace_id = ?1 and kind = '${kind}' and item_id in (
      select id from ${kind}s where workspace_id = ?1 and id ${are} (select value from json_each(?2)))`,
    args: [workspaceId, JSON.stringify(ids)]
  }
}

/**
 * SQL for an item's invalid links: the slug is another item's, or slug and epoch are old ones of
 * this item.
 * @param as how the statement names the item's kind, id, slug and epoch
 */
const problemsOf = (
  as: Record<'kind' | 'id' | 'slug' | 'epoch', string>
): { columns: string; where: string } => {
  const own = isOf('?1', as.kind, as.id)
  const isTaken = `exists (select 1 from links where links.slug = ${as.slug} and not (${own}))`
  const isOld = `exists (select 1 from links where ${own}
    and (links.epoch > ${as.epoch} or (links.epoch = ${as.epoch} and links.slug <> ${as.slug})))`
  return {
    columns: `${as.kind} as kind, ${as.id} as id, ${isTaken} as is_taken,
      (select coalesce(max(epoch), 0) from links where ${own}) as highest_epoch`,
    where: `(${isTaken} or ${isOld})`
  }
}

/** Finds invalid links among the changes. Runs after publishing, in the same batch. */
export const wrongLinksStatements = (workspaceId: string, changes: ProjectedChange[]): InStatement[] => {
  const part = (name: keyof LinkRow) => `json_each.value ->> '${name}'`
  const { columns, where } = problemsOf({
    kind: part('kind'),
    id: part('itemId'),
    slug: part('slug'),
    epoch: part('epoch')
  })
  return inChunks(rowsOf(workspaceId, 0, changes)).map(rows => ({
    sql: `select ${columns} from json_each(?2) where ${where}`,
    args: [workspaceId, JSON.stringify(rows)]
  }))
}

/**
 * All items of a workspace with invalid links, which an instance that ended early may have left.
 */
export const allWrongLinksStatement = (workspaceId: string): InStatement => ({
  sql: ITEM_KINDS.map(kind => {
    const { columns, where } = problemsOf({
      kind: `'${kind}'`,
      id: 'items.id',
      slug: 'items.slug',
      epoch: 'items.epoch'
    })
    return `select ${columns} from ${kind}s as items where items.workspace_id = ?1 and ${where}`
  }).join(' union all '),
  args: [workspaceId]
})

export const readWrongLinks = (results: (ResultSet | undefined)[]): WrongLinks[] =>
  results
    .flatMap(result => result?.rows ?? [])
    .map(row => ({
      kind: row['kind'] as ItemKind,
      id: row['id'] as string,
      isTaken: Number(row['is_taken']) === 1,
      highestEpoch: Number(row['highest_epoch'])
    }))

/** The links that an item had last. */
type LastLinks = Pick<LinkRow, 'slug'> & { epoch: number }

/** All links that these items ever had. */
export const pastLinksStatements = (workspaceId: string, items: Item[]): InStatement[] =>
  inChunks(items.map(({ kind, id }) => ({ kind, id }))).map(refs => ({
    sql: `select links.kind, links.item_id, links.slug, links.epoch, links.seq
      from json_each(?2) join links on ${isOf('?1', `json_each.value ->> 'kind'`, `json_each.value ->> 'id'`)}`,
    args: [workspaceId, JSON.stringify(refs)]
  }))

/** By `<kind>/<id>`, of each item those it had last. */
export const readLastLinks = (results: ResultSet[]): Map<string, LastLinks> => {
  const last = new Map<string, LastLinks>()
  const rows = results.flatMap(({ rows }) => rows)
  const inOrder = rows.toSorted(
    (a, b) => Number(a['epoch']) - Number(b['epoch']) || Number(a['seq']) - Number(b['seq'])
  )
  for (const row of inOrder) {
    const links = { slug: row['slug'] as string, epoch: Number(row['epoch']) }
    last.set(`${row['kind'] as string}/${row['item_id'] as string}`, links)
  }
  return last
}
