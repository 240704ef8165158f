import { activity, docClients, docSnapshots, rooms, webinars, workspaceDocs } from '@foyer/db'
import { ITEM_KINDS, parseEntry, readItems, resetLinks, type Entry } from '@foyer/doc'
import { desc, eq, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import { toStatement, type Database } from '../database.ts'
import { insertRows } from '../bulk-statements.ts'
import { isFenced, ownershipGuard } from './ownership-guard.ts'
import { writeProjected } from './write-projected.ts'
import { readTaken, takenStatements } from './published-links.ts'
import { replay } from './replay.ts'
import { readSnapshot, readUpdates, snapshotRows } from './stored-history.ts'
import { RETIRED, SERVER } from './workspace-document.ts'

/** A restore was asked for that cannot be done. */
export class RestoreError extends Error {
  override name = 'RestoreError'
}

export interface RestoreOptions {
  database: Database
  workspaceId: string
  /** The commit to go back to. */
  seq: number
  /** ms since 1970 */
  now: number
}

/**
 * Makes a workspace what it was after an earlier commit, as a new generation: the same content in a new
 * document, so that no replica of the old one can bring back what was undone. Every room instance and every
 * connection of before is cut off. What is undone stays in the database until the next compaction.
 * @throws {RestoreError}
 */
export const restoreWorkspace = async ({
  database,
  workspaceId,
  seq,
  now
}: RestoreOptions): Promise<{
  generation: number
}> => {
  const { client, orm } = database
  const mine = eq(workspaceDocs.workspaceId, workspaceId)
  const [current] = await orm.select().from(workspaceDocs).where(mine)
  if (current === undefined) throw new RestoreError(`There is no workspace ${workspaceId}.`)
  const { head } = current
  if (seq < 1 || seq > head) throw new RestoreError(`Choose a commit from 1 to ${head}.`)

  const restored = copyOf(await documentAt(orm, workspaceId, seq))
  const nextHead = head + 1
  const changesOf = () =>
    ITEM_KINDS.flatMap(kind =>
      readItems(restored, kind).map(item => ({ ref: { kind, id: item.id }, item, linksChanged: true }))
    )
  // A slug that was claimed for a moment, and was another item’s: it does not come back.
  for (const ref of readTaken(await client.batch(takenStatements(workspaceId, changesOf()), 'read'))) {
    resetLinks(restored, ref, now)
  }
  const changes = changesOf()
  const bytes = Y.encodeStateAsUpdate(restored)
  const snapshot = await snapshotRows({ workspaceId, seq: nextHead, bytes, now })
  const inWorkspace = (table: typeof rooms | typeof webinars) =>
    toStatement(orm.delete(table).where(eq(table.workspaceId, workspaceId)))
  const entry = { userId: SERVER, root: 'workspace', key: 'restored', at: now, outcome: 'edited' as const }
  try {
    await writeProjected({
      database,
      workspaceId,
      seq: nextHead,
      changes,
      guard: ownershipGuard({ workspaceId, head: nextHead }),
      now,
      statements: [
        ownershipGuard({ workspaceId, head }),
        toStatement(
          orm
            .update(workspaceDocs)
            .set({ head: nextHead, owner: null, generation: sql`${workspaceDocs.generation} + 1` })
            .where(mine)
        ),
        ...snapshot.map(row => toStatement(orm.insert(docSnapshots).values(row))),
        // Nothing new is taken from clients of the generation that ends here.
        toStatement(
          orm.update(docClients).set({ userId: RETIRED }).where(eq(docClients.workspaceId, workspaceId))
        ),
        inWorkspace(rooms),
        inWorkspace(webinars),
        ...insertRows(activity, [
          { ...entry, workspaceId, seq: nextHead, position: 0, from: String(head), to: String(seq) }
        ])
      ]
    })
  } catch (error) {
    if (isFenced(error)) throw new RestoreError('The workspace was changed meanwhile. Try again.')
    throw error
  }
  return { generation: current.generation + 1 }
}

/** The document as it stood after a commit. */
const documentAt = async (orm: Database['orm'], workspaceId: string, seq: number): Promise<Y.Doc> => {
  const snapshots = await orm
    .selectDistinct({ seq: docSnapshots.seq })
    .from(docSnapshots)
    .where(eq(docSnapshots.workspaceId, workspaceId))
    .orderBy(desc(docSnapshots.seq))
  const base = snapshots.find(snapshot => snapshot.seq <= seq)?.seq ?? 0
  const bytes = base === 0 ? null : await readSnapshot({ orm, workspaceId, seq: base })
  const updates = await readUpdates({ orm, workspaceId, after: base, upTo: seq })
  if (updates.length !== seq - base || (base > 0 && bytes === null)) {
    const oldest = snapshots.at(-1)?.seq ?? 1
    throw new RestoreError(`Commit ${seq} is not kept any more; the oldest that is, is ${oldest}.`)
  }
  const restored = replay({ snapshot: bytes === null ? null : { seq: base, bytes }, updates })
  if (restored === null) throw new RestoreError(`The snapshot at ${base} cannot be read.`)
  return restored.doc
}

/** The same entries in a document without a past. */
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  copy.transact(() => {
    for (const root of ['rooms', 'webinars', 'workspace']) {
      for (const [key, raw] of doc.getMap<Entry>(root).entries()) {
        const entry = parseEntry(raw)
        if (entry !== undefined) copy.getMap<Entry>(root).set(key, entry)
      }
    }
  })
  return copy
}
