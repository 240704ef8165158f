/** Pictures that people gave a workspace. R2 holds the bytes, by their SHA-256: once, however many workspaces use them. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const uploads = sqliteTable(
  'uploads',
  {
    workspaceId: text().notNull(),
    /** Of the picture's bytes, hex. */
    sha256: text().notNull(),
    bytes: integer().notNull(),
    /** MIME type, by content. */
    type: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    userId: text().notNull(),
    /** 0 while there is no thumbnail from this workspace. */
    thumbnailBytes: integer().notNull().default(0),
    /** Since when no item is known to name it, ms since 1970; null where one does, or nobody has looked yet. */
    unusedSince: integer(),
    /** ms since 1970 */
    createdAt: integer().notNull()
  },
  table => [
    primaryKey({ columns: [table.workspaceId, table.sha256] }),
    index('uploads_sha256').on(table.sha256, table.createdAt, table.workspaceId)
  ]
)
