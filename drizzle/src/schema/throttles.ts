/** What is counted to slow it down. Apart from better-auth's table, which forgets after a minute. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const throttles = sqliteTable(
  'throttles',
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    /** Of a rate: when the count starts over. Of guesses: when the next one may come. ms since 1970. */
    until: integer().notNull(),
    /** From here on the row means nothing. */
    forgetAt: integer().notNull()
  },
  table => [index('throttles_forget_at').on(table.forgetAt)]
)
