/** Each user's private pins, the same on all their devices. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const pins = sqliteTable(
  'pins',
  {
    workspaceId: text().notNull(),
    userId: text().notNull(),
    itemId: text().notNull(),
    pinned: integer({ mode: 'boolean' }).notNull(),
    /** When it was pinned or unpinned, ms since 1970. The later change wins. */
    at: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.userId, table.itemId] })]
)
