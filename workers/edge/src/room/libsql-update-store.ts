import { activity, docClients, docSnapshots, docUpdates, usage, workspaceDocs } from '@foyer/db'
import type { InStatement, ResultSet } from '@libsql/client/web'
import { and, asc, eq, gt, max, sql } from 'drizzle-orm'
import { toStatement, type Database } from '../database.ts'
import { concatBytes, splitBytes } from './bytes.ts'
import { insertRows } from './bulk-statements.ts'
import { projectionStatements } from './projection.ts'
import { LostOwnershipError, UnknownWorkspaceError, type Commit, type UpdateStore } from './update-store.ts'

/** What the database answers when the guard below fails the batch. */
const FENCED = 'malformed JSON'

/** How often one commit is sent, and how long the waits between are, ms. */
const ATTEMPTS = 3
const RETRY_AFTER_MS = 150

export interface LibsqlUpdateStoreOptions {
  database: Database
  workspaceId: string
  /** A name no other room instance has. */
  owner: string
  wait?: (ms: number) => Promise<void>
}

/** An update store in libSQL. */
export const createLibsqlUpdateStore = ({
  database: { client, orm },
  workspaceId,
  owner,
  wait = ms => new Promise(resolve => setTimeout(resolve, ms))
}: LibsqlUpdateStoreOptions): UpdateStore => {
  const mine = eq(workspaceDocs.workspaceId, workspaceId)

  /** Fails its whole batch unless this instance still owns the document and its head is the one we know. */
  const guard = (head: number): InStatement => ({
    sql: `select case when exists (
      select 1 from workspace_docs where workspace_id = ? and owner = ? and head = ?
    ) then 1 else json('FENCED') end`,
    args: [workspaceId, owner, head]
  })

  const statementsOf = (commit: Commit, batchId: string): InStatement[] => {
    const { seq, update, projected, newClients, usage: used, now } = commit
    const parts = update === null ? [] : splitBytes(update)
    return [
      guard(seq - 1),
      ...parts.map((data, part) =>
        toStatement(
          orm.insert(docUpdates).values({ workspaceId, seq, part, data: data as Buffer, createdAt: now })
        )
      ),
      ...projectionStatements(workspaceId, seq, projected),
      ...insertRows(
        activity,
        commit.activity.map(({ from, to, ...entry }, position) => ({
          ...entry,
          workspaceId,
          seq,
          position,
          from: toJson(from),
          to: toJson(to)
        }))
      ),
      ...insertRows(
        docClients,
        Array.from(newClients, ([clientId, userId]) => ({ workspaceId, clientId, userId }))
      ),
      ...insertRows(
        usage,
        Array.from(used, ([itemId, lastUsedAt]) => ({ workspaceId, itemId, lastUsedAt })),
        'on conflict do update set last_used_at = max(last_used_at, excluded.last_used_at)'
      ),
      toStatement(orm.update(workspaceDocs).set({ head: seq, lastBatch: batchId }).where(mine))
    ]
  }

  /** After an answer that leaves it open: did this batch reach the database? */
  const wasCommitted = async (seq: number, batchId: string): Promise<boolean> => {
    const [row] = await orm.select().from(workspaceDocs).where(mine)
    if (row?.owner !== owner) throw new LostOwnershipError(workspaceId)
    if (row.lastBatch === batchId) return true
    if (row.head !== seq - 1) throw new LostOwnershipError(workspaceId)
    return false
  }

  return {
    async load() {
      const lastSnapshot = orm
        .select({ seq: sql`coalesce(${max(docSnapshots.seq)}, 0)` })
        .from(docSnapshots)
        .where(eq(docSnapshots.workspaceId, workspaceId))
      const statements = [
        orm
          .update(workspaceDocs)
          .set({ owner })
          .where(mine)
          .returning({ head: workspaceDocs.head, generation: workspaceDocs.generation }),
        orm
          .select({ seq: docSnapshots.seq, data: docSnapshots.data })
          .from(docSnapshots)
          .where(and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, lastSnapshot)))
          .orderBy(asc(docSnapshots.part)),
        orm
          .select({ seq: docUpdates.seq, data: docUpdates.data })
          .from(docUpdates)
          .where(and(eq(docUpdates.workspaceId, workspaceId), gt(docUpdates.seq, lastSnapshot)))
          .orderBy(asc(docUpdates.seq), asc(docUpdates.part)),
        orm
          .select({ clientId: docClients.clientId, userId: docClients.userId })
          .from(docClients)
          .where(eq(docClients.workspaceId, workspaceId)),
        orm
          .select({ itemId: usage.itemId, lastUsedAt: usage.lastUsedAt })
          .from(usage)
          .where(eq(usage.workspaceId, workspaceId))
      ]
      const [claimed, snapshot, updates, clients, used] = await client.batch(statements.map(toStatement), 'write')
      const row = claimed?.rows[0]
      if (row === undefined) throw new UnknownWorkspaceError(workspaceId)
      return {
        head: Number(row['head']),
        generation: Number(row['generation']),
        updates: [...joinParts(snapshot), ...joinParts(updates)],
        clients: new Map(clients?.rows.map(row => [Number(row['client_id']), String(row['user_id'])])),
        usage: new Map(used?.rows.map(row => [String(row['item_id']), Number(row['last_used_at'])]))
      }
    },

    async commit(commit) {
      const batchId = crypto.randomUUID()
      const statements = statementsOf(commit, batchId)
      for (let attempt = 1; ; attempt++) {
        try {
          await client.batch(statements, 'write')
          return
        } catch (error) {
          const fenced = error instanceof Error && error.message.includes(FENCED)
          if (!fenced && attempt === ATTEMPTS) throw error
          if (!fenced) await wait(attempt * RETRY_AFTER_MS)
          if (await wasCommitted(commit.seq, batchId)) return
          if (fenced) throw new LostOwnershipError(workspaceId)
        }
      }
    }
  }
}

const toJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))

/** Rows of `seq` and `data`, in order: the parts of one sequence number belong together. */
const joinParts = (result: ResultSet | undefined): Uint8Array[] => {
  const bySeq = new Map<number, Uint8Array[]>()
  for (const row of result?.rows ?? []) {
    const seq = Number(row['seq'])
    const parts = bySeq.get(seq) ?? []
    parts.push(new Uint8Array(row['data'] as ArrayBuffer))
    bySeq.set(seq, parts)
  }
  return [...bySeq.values()].map(concatBytes)
}
