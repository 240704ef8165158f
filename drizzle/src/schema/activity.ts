/** Who changed what, when, from what to what; what a later edit stood against too. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const activity = sqliteTable(
  'activity',
  {
    workspaceId: text().notNull(),
    /** The commit that it came with, and its place in it. */
    seq: integer().notNull(),
    position: integer().notNull(),
    /** ms since 1970 */
    at: integer().notNull(),
    userId: text().notNull(),
    /** `rooms`, `webinars` or `workspace`, and the key in it. */
    root: text().notNull(),
    key: text().notNull(),
    outcome: text({ enum: ['edited', 'superseded'] }).notNull(),
    /** JSON; null for nothing. */
    from: text('from_value'),
    to: text('to_value')
  },
  table => [primaryKey({ columns: [table.workspaceId, table.seq, table.position] })]
)
