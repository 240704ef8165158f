/** A workspace's pictures. R2 stores the bytes by SHA-256, once for all workspaces. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const uploads = sqliteTable(
  'uploads',
  {
    workspaceId: text().notNull(),
    /** Hash of the picture's bytes, hex. */
    sha256: text().notNull(),
    bytes: integer().notNull(),
    /** MIME type, detected from the content. */
    type: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    userId: text().notNull(),
    /** 0 if this workspace has uploaded no thumbnail. */
    thumbnailBytes: integer().notNull().default(0),
    /** Since when no item uses it, ms since 1970; null if one does, or if not checked yet. */
    unusedSince: integer(),
    /** ms since 1970 */
    createdAt: integer().notNull()
  },
  table => [
    primaryKey({ columns: [table.workspaceId, table.sha256] }),
    index('uploads_sha256').on(table.sha256, table.createdAt, table.workspaceId)
  ]
)
