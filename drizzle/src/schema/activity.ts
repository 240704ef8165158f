/** The activity log: who changed what and when, including edits that lost to a later one. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const activity = sqliteTable(
  'activity',
  {
    workspaceId: text().notNull(),
    /** Sequence number of the commit, and the position in it. */
    seq: integer().notNull(),
    position: integer().notNull(),
    /** ms since 1970 */
    at: integer().notNull(),
    userId: text().notNull(),
    /** `rooms`, `webinars` or `workspace`, and the key in it. */
    root: text().notNull(),
    key: text().notNull(),
    outcome: text({ enum: ['edited', 'superseded'] }).notNull(),
    /** JSON; null for no value. */
    from: text('from_value'),
    to: text('to_value')
  },
  table => [primaryKey({ columns: [table.workspaceId, table.seq, table.position] })]
)
