import { activity, docClients, docSnapshots, docUpdates, usage, workspaceDocs } from '@foyer/db'
import { MAX_TIME } from '@foyer/doc'
import type { InStatement, ResultSet } from '@libsql/client/web'
import { and, asc, eq, gt, lt, lte, max, sql } from 'drizzle-orm'
import { toStatement, type Database } from '../../database.ts'
import { splitBytes } from '../../bytes.ts'
import { insertRows } from '../../bulk-statements.ts'
import { logFailure } from '../../log.ts'
import { isFenced, ownershipGuard } from './ownership-guard.ts'
import { repairStatements, readRepaired } from './repair-stored.ts'
import { writeProjected } from './write-projected.ts'
import { allWrongLinksStatement, readWrongLinks, wrongLinksStatements } from './published-links.ts'
import { setAsideStatements } from './set-aside.ts'
import { workspaceNameStatement } from './workspace-name.ts'
import { isSnapshotWhole, readNewestSnapshot, readUpdates, snapshotRows } from './stored-history.ts'
import { BOUNDS } from '../update/update-bounds.ts'
import { LostOwnershipError, UnknownWorkspaceError } from './update-store.ts'
import type { Commit, StoredHistory, UpdateStore } from './update-store.ts'

/** Attempts of one commit, and the wait between them, ms. */
const ATTEMPTS = 3
const RETRY_AFTER_MS = 150

/** Keeps an answer of the database below 5 MB. */
const ROWS_PER_PAGE = 20_000

/** SQLite columns accept values of any type. */
const IS_TIME = `typeof(usage.last_used_at) = 'integer' and usage.last_used_at between 0 and ${MAX_TIME}`

export interface LibsqlUpdateStoreOptions {
  database: Database
  workspaceId: string
  /** Unique to this engine. */
  owner: string
  wait?: (ms: number) => Promise<void>
}

/** An update store in libSQL. */
export const createLibsqlUpdateStore = ({
  database,
  workspaceId,
  owner,
  wait = ms => new Promise(resolve => setTimeout(resolve, ms))
}: LibsqlUpdateStoreOptions): UpdateStore => {
  const { client, orm } = database
  const mine = eq(workspaceDocs.workspaceId, workspaceId)

  const statementsOf = (commit: Commit, seq: number, batchId: string): InStatement[] => {
    const { head, update, workspaceName, newClients, usage: used, now } = commit
    const parts = update === null ? [] : splitBytes(update)
    return [
      ownershipGuard({ workspaceId, owner, head }),
      ...parts.map((data, part) =>
        toStatement(
          orm.insert(docUpdates).values({ workspaceId, seq, part, data: data as Buffer, createdAt: now })
        )
      ),
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
        `on conflict do update set last_used_at = case when ${IS_TIME}
          then max(usage.last_used_at, excluded.last_used_at) else excluded.last_used_at end`
      ),
      ...(workspaceName === null ? [] : [workspaceNameStatement(orm, workspaceId, workspaceName)]),
      toStatement(orm.update(workspaceDocs).set({ head: seq, lastBatch: batchId }).where(mine))
    ]
  }

  const owned = ownershipGuard({ workspaceId, owner })

  const fenced = async (statements: InStatement[]): Promise<void> => {
    try {
      await client.batch(statements, 'write')
    } catch (error) {
      throw isFenced(error) ? new LostOwnershipError() : error
    }
  }

  const historyBefore = async (before?: number): Promise<StoredHistory> => {
    const snapshot = await readNewestSnapshot({ orm, workspaceId, ...(before !== undefined && { before }) })
    return { snapshot, updates: await readUpdates({ orm, workspaceId, after: snapshot?.seq ?? 0 }) }
  }

  const clientsAfter = (client: number): InStatement =>
    toStatement(
      orm
        .select({ clientId: docClients.clientId, userId: docClients.userId })
        .from(docClients)
        .where(
          and(
            eq(docClients.workspaceId, workspaceId),
            gt(docClients.clientId, client),
            lte(docClients.clientId, BOUNDS.clientId),
            sql`typeof(${docClients.clientId}) = 'integer'`
          )
        )
        .orderBy(asc(docClients.clientId))
        .limit(ROWS_PER_PAGE)
    )

  const usageAfter = (itemId: string): InStatement =>
    toStatement(
      orm
        .select({ itemId: usage.itemId, lastUsedAt: usage.lastUsedAt })
        .from(usage)
        .where(and(eq(usage.workspaceId, workspaceId), gt(usage.itemId, itemId), sql.raw(IS_TIME)))
        .orderBy(asc(usage.itemId))
        .limit(ROWS_PER_PAGE)
    )

  /**
   * Reads the pages after the first.
   * @param pageAfter selects the rows after a key, the first column
   */
  const readAll = async <K extends string | number>(
    first: ResultSet,
    pageAfter: (key: K) => InStatement
  ): Promise<[key: K, value: unknown][]> => {
    const rows = [...first.rows]
    for (let page = first; page.rows.length === ROWS_PER_PAGE; rows.push(...page.rows)) {
      page = await client.execute(pageAfter(rows.at(-1)?.[0] as K))
    }
    return rows.map(row => [row[0] as K, row[1]])
  }

  /** After an unknown outcome: whether the batch was committed. */
  const wasCommitted = async (head: number, batchId: string): Promise<boolean> => {
    const [row] = await orm
      .select({ owner: workspaceDocs.owner, head: workspaceDocs.head, lastBatch: workspaceDocs.lastBatch })
      .from(workspaceDocs)
      .where(mine)
    if (row?.owner !== owner) throw new LostOwnershipError()
    if (row.lastBatch === batchId) return true
    if (row.head !== head) throw new LostOwnershipError()
    return false
  }

  return {
    async load(now) {
      const [claimed, clients, used, wrongLinks, ...repaired] = await client.batch(
        [
          toStatement(orm.update(workspaceDocs).set({ owner }).where(mine)),
          clientsAfter(-1),
          usageAfter(''),
          allWrongLinksStatement(workspaceId),
          ...repairStatements(workspaceId, now)
        ],
        'write'
      )
      const row = readRepaired(workspaceId, repaired)
      if (!claimed || !clients || !used || !row) throw new UnknownWorkspaceError(workspaceId)
      // From here on nobody else can write, so these reads are consistent.
      return {
        ...row,
        ...(await historyBefore()),
        clients: new Map(await readAll(clients, clientsAfter)) as Map<number, string>,
        usage: new Map(await readAll(used, usageAfter)) as Map<string, number>,
        wrongLinks: readWrongLinks([wrongLinks])
      }
    },

    loadBefore: historyBefore,

    async setAside(unusable, now) {
      for (const { kind, seq, reason } of unusable) {
        logFailure(`set aside: ${kind} of commit ${seq} of ${workspaceId}: ${reason}`)
      }
      await fenced([owned, ...unusable.flatMap(one => setAsideStatements(orm, workspaceId, one, now))])
    },

    async isCurrent() {
      const [row] = await orm.select({ owner: workspaceDocs.owner }).from(workspaceDocs).where(mine)
      return row?.owner === owner
    },

    async commit(commit) {
      const seq = commit.update === null ? commit.head : commit.head + 1
      const batchId = crypto.randomUUID()
      const statements = statementsOf(commit, seq, batchId)
      const asked = wrongLinksStatements(workspaceId, commit.projected)
      for (let attempt = 1; ; attempt++) {
        try {
          const { projected: changes, now } = commit
          const batch = { database, workspaceId, seq, statements, changes, asked, guard: owned, now }
          return { head: seq, wrongLinks: readWrongLinks(await writeProjected(batch)) }
        } catch (error) {
          if (!isFenced(error)) {
            if (attempt === ATTEMPTS) throw error
            await wait(attempt * RETRY_AFTER_MS)
          }
          if (await wasCommitted(commit.head, batchId)) {
            const results = asked.length === 0 ? [] : await client.batch(asked, 'read')
            return { head: seq, wrongLinks: readWrongLinks(results) }
          }
          if (isFenced(error)) throw new LostOwnershipError()
        }
      }
    },

    async writeSnapshot({ seq, bytes }, now) {
      // An earlier attempt may have left parts with other bytes.
      const ofTheSame = and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, seq))
      await fenced([owned, toStatement(orm.delete(docSnapshots).where(ofTheSame))])
      // One part at a time, so that other writes can run. The snapshot counts once it is complete.
      for (const row of await snapshotRows({ workspaceId, seq, bytes, now })) {
        await fenced([owned, toStatement(orm.insert(docSnapshots).values(row))])
      }
    },

    verifySnapshot: seq => isSnapshotWhole({ orm, workspaceId, seq }),

    async dropCovered(seq) {
      const before = orm
        .select({ seq: sql`coalesce(${max(docSnapshots.seq)}, 0)` })
        .from(docSnapshots)
        .where(and(eq(docSnapshots.workspaceId, workspaceId), lt(docSnapshots.seq, seq)))
      await fenced([
        owned,
        toStatement(
          orm
            .delete(docUpdates)
            .where(and(eq(docUpdates.workspaceId, workspaceId), lte(docUpdates.seq, before)))
        ),
        toStatement(
          orm
            .delete(docSnapshots)
            .where(and(eq(docSnapshots.workspaceId, workspaceId), lt(docSnapshots.seq, before)))
        )
      ])
    }
  }
}

const toJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))
