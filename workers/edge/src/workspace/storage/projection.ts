import { rooms, webinars } from '@foyer/db'
import type { Item, ItemKind, Room, Webinar } from '@foyer/doc'
import type { InStatement } from '@libsql/client/web'
import { inChunks, upsertRows } from '../../bulk-statements.ts'
import { publishStatements, retireStatement } from './published-links.ts'
import type { ProjectedChange } from './update-store.ts'

const TABLE_OF = { room: 'rooms', webinar: 'webinars' } as const satisfies Record<ItemKind, string>

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

const itemRow = (item: Item, workspaceId: string, seq: number) => ({
  workspaceId,
  id: item.id,
  slug: item.slug,
  epoch: item.epoch,
  name: item.name,
  access: item.access,
  cover: JSON.stringify(item.cover),
  look: json(item.look),
  lobby: json(item.lobby),
  createdAt: item.createdAt,
  deletedAt: item.deletedAt,
  seq
})

/** A room's row: a pure function of the document (and of the commit that changed it last). */
export const roomRow = (room: Room, workspaceId: string, seq: number): typeof rooms.$inferInsert =>
  itemRow(room, workspaceId, seq)

export const webinarRow = (
  webinar: Webinar,
  workspaceId: string,
  seq: number
): typeof webinars.$inferInsert => ({
  ...itemRow(webinar, workspaceId, seq),
  startsAt: webinar.startsAt,
  endsAt: webinar.endsAt,
  schedule: JSON.stringify(webinar.schedule),
  description: webinar.description
})

/** The statements that bring the projection from one commit to the next. */
export const projectionStatements = (
  workspaceId: string,
  seq: number,
  changes: ProjectedChange[]
): InStatement[] => {
  const present = changes.map(change => change.item).filter(item => item !== undefined)
  const roomRows = present.filter(item => item.kind === 'room').map(item => roomRow(item, workspaceId, seq))
  const webinarRows = present
    .filter(item => item.kind === 'webinar')
    .map(item => webinarRow(item, workspaceId, seq))
  return [
    ...removeGone(workspaceId, changes),
    ...upsertRows(rooms, roomRows),
    ...upsertRows(webinars, webinarRows),
    ...publishStatements(workspaceId, seq, changes)
  ]
}

const removeGone = (workspaceId: string, changes: ProjectedChange[]): InStatement[] =>
  (['room', 'webinar'] as const).flatMap(kind => {
    const gone = changes.filter(({ ref, item }) => item === undefined && ref.kind === kind)
    return inChunks(gone.map(({ ref }) => ref.id)).flatMap(ids => [
      retireStatement(workspaceId, kind, { ids }),
      {
        sql: `delete from ${TABLE_OF[kind]} where workspace_id = ? and id in (select value from json_each(?))`,
        args: [workspaceId, JSON.stringify(ids)]
      }
    ])
  })
