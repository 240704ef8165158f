/** Counters for throttling. Not in better-auth's table, which forgets after a minute. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const throttles = sqliteTable(
  'throttles',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    /** For a rate: when its count resets. For guesses: when the next is allowed. ms since 1970. */
    until: integer().notNull(),
    /** When the row expires. */
    forgetAt: integer().notNull()
  },
  table => [index('throttles_forget_at').on(table.forgetAt)]
)
