import { rooms, webinars } from '@foyer/db'
import { FIELDS_OF, fieldOf, ITEM_KINDS, namesInItem, type Item, type ItemKind } from '@foyer/doc'
import type { InStatement } from '@libsql/client/web'
import { inChunks, upsertRows } from '../../bulk-statements.ts'
import { publishStatements, retireStatement } from './published-links.ts'
import type { ProjectedChange } from './update-store.ts'

const TABLE_OF = { room: 'rooms', webinar: 'webinars' } as const satisfies Record<ItemKind, string>

/** An item as its table has it: objects are JSON. */
type ItemRow<I extends Item> = Omit<{ [N in keyof I]: Column<I[N]> }, 'kind'> & {
  workspaceId: string
  seq: number
}
type Column<V> = V extends object ? string : V

const toColumn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value

/** An item's row: a pure function of the document (and of the commit that changed it last). */
export const itemRow = <I extends Item>(item: I, workspaceId: string, seq: number): ItemRow<I> => {
  const projected = FIELDS_OF[item.kind].filter(field => fieldOf(field).isProjected)
  const columns = projected.flatMap(namesInItem).map(name => [name, toColumn(item[name as keyof I])] as const)
  return { workspaceId, id: item.id, ...Object.fromEntries(columns), seq } as ItemRow<I>
}

/** The statements that bring the projection from one commit to the next. */
export const projectionStatements = (
  workspaceId: string,
  seq: number,
  changes: ProjectedChange[]
): InStatement[] => {
  const present = changes.map(change => change.item).filter(item => item !== undefined)
  const roomRows = present.filter(item => item.kind === 'room').map(item => itemRow(item, workspaceId, seq))
  const webinarRows = present
    .filter(item => item.kind === 'webinar')
    .map(item => itemRow(item, workspaceId, seq))
  return [
    ...removeGone(workspaceId, changes),
    ...upsertRows(rooms, roomRows),
    ...upsertRows(webinars, webinarRows),
    ...publishStatements(workspaceId, seq, changes)
  ]
}

const removeGone = (workspaceId: string, changes: ProjectedChange[]): InStatement[] =>
  ITEM_KINDS.flatMap(kind => {
    const gone = changes.filter(({ ref, item }) => item === undefined && ref.kind === kind)
    return inChunks(gone.map(({ ref }) => ref.id)).flatMap(ids => [
      retireStatement(workspaceId, kind, { ids }),
      {
        sql: `delete from ${TABLE_OF[kind]} where workspace_id = ? and id in (select value from json_each(?))`,
        args: [workspaceId, JSON.stringify(ids)]
      }
    ])
  })
