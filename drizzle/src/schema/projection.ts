/**
 * The projection: a pure function of the document, which can be rebuilt from it at any time and is
 * never read back into it. Each row has the sequence number of its commit. Times are ms since 1970;
 * objects are JSON.
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
 * The item that each participant link opens. The first item to publish a slug keeps it for good: no
 * row is ever deleted, and only its epoch changes. Unlike the rest of the projection, this table
 * cannot be rebuilt from the current documents.
 */
export const links = sqliteTable(
  'links',
  {
    slug: text().primaryKey(),
    workspaceId: text().notNull(),
    itemId: text().notNull(),
    kind: text({ enum: ['room', 'webinar'] }).notNull(),
    /** The item's highest epoch with this slug, plus one once it is purged. Never falls. */
    epoch: integer().notNull().default(0),
    seq: integer().notNull()
  },
  table => [index('links_item').on(table.workspaceId, table.itemId)]
)
