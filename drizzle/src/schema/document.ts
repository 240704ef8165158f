/** The documents, as Durable Objects commit and load them. Times are ms since 1970. */
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organizations } from './auth.ts'

const bytes = () => blob({ mode: 'buffer' }).notNull()

export const workspaceDocs = sqliteTable('workspace_docs', {
  workspaceId: text()
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  /** 32 random bytes, base64url. Host links are derived from it. */
  linkKey: text().notNull(),
  /** The instance that may write. An instance that is no longer the owner must stop. */
  owner: text(),
  /** Sequence number of the last committed update; 0 when there is none. */
  head: integer().notNull().default(0),
  /** Name of the last commit, to look up a commit with an unknown outcome. */
  lastBatch: text(),
  /** Rises when the document is restored or rebuilt. */
  generation: integer().notNull().default(1),
  createdAt: integer().notNull()
})

/** One commit's update, in parts of at most 1 MB. */
export const docUpdates = sqliteTable(
  'doc_updates',
  {
    workspaceId: text().notNull(),
    seq: integer().notNull(),
    part: integer().notNull(),
    data: bytes(),
    createdAt: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.seq, table.part] })]
)

/** The document as it was at a sequence number, in parts of at most 1 MB. */
export const docSnapshots = sqliteTable(
  'doc_snapshots',
  {
    workspaceId: text().notNull(),
    seq: integer().notNull(),
    part: integer().notNull(),
    /** Number of parts. */
    parts: integer().notNull(),
    data: bytes(),
    /** SHA-256 of the part, hex. */
    hash: text().notNull(),
    createdAt: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.seq, table.part] })]
)

/** Quarantine for data that blocks loading or a commit, so that the workspace still opens. */
export const docSetAside = sqliteTable(
  'doc_set_aside',
  {
    workspaceId: text().notNull(),
    /** Sequence number of its commit. */
    seq: integer().notNull(),
    kind: text({ enum: ['update', 'snapshot', 'row'] }).notNull(),
    /** The row of the projection or the activity log; empty for other kinds. */
    name: text().notNull(),
    /** In parts of at most 1 MB. */
    part: integer().notNull(),
    data: bytes(),
    reason: text().notNull(),
    createdAt: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.seq, table.kind, table.name, table.part] })]
)

/** When each item was last used: a max-register outside the document. */
export const usage = sqliteTable(
  'usage',
  {
    workspaceId: text().notNull(),
    itemId: text().notNull(),
    lastUsedAt: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.itemId] })]
)

/** The user of each Yjs client. New changes under it are accepted from nobody else. */
export const docClients = sqliteTable(
  'doc_clients',
  {
    workspaceId: text().notNull(),
    clientId: integer().notNull(),
    userId: text().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.clientId] })]
)
