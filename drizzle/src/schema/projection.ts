/**
 * The projection: a pure function of the document, rebuilt from it at will, never read back into it. Each
 * row carries the sequence number of the commit it stems from. Times are ms since 1970; objects are JSON.
 */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

const itemColumns = () => ({
  workspaceId: text().notNull(),
  id: text().notNull(),
  slug: text().notNull(),
  epoch: integer().notNull(),
  name: text().notNull(),
  access: text().notNull(),
  cover: text().notNull(),
  look: text(),
  lobby: text(),
  createdAt: integer().notNull(),
  deletedAt: integer(),
  seq: integer().notNull()
})

export const rooms = sqliteTable('rooms', itemColumns(), table => [
  primaryKey({ columns: [table.workspaceId, table.id] })
])

export const webinars = sqliteTable(
  'webinars',
  {
    ...itemColumns(),
    startsAt: integer().notNull(),
    endsAt: integer().notNull(),
    schedule: text().notNull(),
    description: text().notNull()
  },
  table => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    index('webinars_starts_at').on(table.workspaceId, table.startsAt)
  ]
)

/**
 * Which item a participant link opens. The first item to publish a slug keeps it for good: no row is ever deleted, none changes but
 * for its epoch, and unlike the rest of the projection this table cannot be rebuilt from the documents of today.
 */
export const links = sqliteTable(
  'links',
  {
    slug: text().primaryKey(),
    workspaceId: text().notNull(),
    itemId: text().notNull(),
    kind: text({ enum: ['room', 'webinar'] }).notNull(),
    /** The highest with which the item had the slug, and one more once the item is gone: it only rises. */
    epoch: integer().notNull().default(0),
    seq: integer().notNull()
  },
  table => [index('links_item').on(table.workspaceId, table.itemId)]
)
