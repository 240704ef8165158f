/** The documents themselves: what a workspace room commits, and what it loads. Times are ms since 1970. */
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organizations } from './auth.ts'

const bytes = () => blob({ mode: 'buffer' }).notNull()

export const workspaceDocs = sqliteTable('workspace_docs', {
  workspaceId: text()
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  /** 32 random bytes, base64url; host links derive from it. */
  linkKey: text().notNull(),
  /** The one room instance that may write; another that finds its own name gone must stop. */
  owner: text(),
  /** Sequence number of the last committed update; 0 when there is none. */
  head: integer().notNull().default(0),
  /** Name of the last commit, so that one of unknown outcome can be looked up. */
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
    /** How many parts there are. */
    parts: integer().notNull(),
    data: bytes(),
    /** SHA-256 of the part, hex. */
    hash: text().notNull(),
    createdAt: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.seq, table.part] })]
)

/** What stands in the way of a workspace's loading or of a commit: kept aside, so that it opens all the same. */
export const docSetAside = sqliteTable(
  'doc_set_aside',
  {
    workspaceId: text().notNull(),
    /** The commit that it belongs to. */
    seq: integer().notNull(),
    kind: text({ enum: ['update', 'snapshot', 'row'] }).notNull(),
    /** Which row of the projection or the activity; empty for the others. */
    name: text().notNull(),
    /** In parts of at most 1 MB. */
    part: integer().notNull(),
    data: bytes(),
    reason: text().notNull(),
    createdAt: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.seq, table.kind, table.name, table.part] })]
)

/** When each item was last used: a max-register, not part of the document. */
export const usage = sqliteTable(
  'usage',
  {
    workspaceId: text().notNull(),
    itemId: text().notNull(),
    lastUsedAt: integer().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.itemId] })]
)

/** Whose each Yjs client is: new changes under it are taken from nobody else. */
export const docClients = sqliteTable(
  'doc_clients',
  {
    workspaceId: text().notNull(),
    clientId: integer().notNull(),
    userId: text().notNull()
  },
  table => [primaryKey({ columns: [table.workspaceId, table.clientId] })]
)
