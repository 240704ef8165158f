import { activity, docClients, docSnapshots, rooms, webinars, workspaceDocs } from '@foyer/db'
import {
  DOCUMENT_ROOTS,
  fieldKey,
  itemRoot,
  ITEM_KINDS,
  parseEntry,
  readItems,
  readWorkspaceName,
  resetLinks,
  WORKSPACE_ROOT,
  type Entry,
  type Item
} from '@foyer/doc'
import { and, eq, sql } from 'drizzle-orm'
import * as Y from 'yjs'
import { toStatement, type Database } from '../../database.ts'
import { insertRows } from '../../bulk-statements.ts'
import { repairStatements, readRepaired } from '../storage/repair-stored.ts'
import { isFenced, ownershipGuard } from '../storage/ownership-guard.ts'
import { writeProjected } from '../storage/write-projected.ts'
import {
  pastLinksStatements,
  readLastLinks,
  readWrongLinks,
  retireStatement,
  wrongLinksStatements
} from '../storage/published-links.ts'
import { replay } from '../document/replay.ts'
import { readSnapshot, readUpdates, snapshotRows, snapshotSeqs } from '../storage/stored-history.ts'
import { RETIRED, SERVER } from '../document/workspace-document.ts'
import { workspaceNameStatement } from '../storage/workspace-name.ts'

/** The restore is not possible. */
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
 * Restores a workspace as it was after a commit, as a new generation: the same content in a new
 * document, so that no old replica can bring back what was undone. Old engines and connections are
 * disconnected. What was undone stays in the database until the next compaction.
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
  const current = readRepaired(workspaceId, await client.batch(repairStatements(workspaceId, now), 'write'))
  if (current === undefined) throw new RestoreError(`There is no workspace ${workspaceId}.`)
  const { head } = current
  if (seq < 1 || seq > head) throw new RestoreError(`Choose a commit from 1 to ${head}.`)

  const restored = copyOf(await documentAt(orm, workspaceId, seq))
  const nextHead = head + 1
  const changesOf = () =>
    ITEM_KINDS.flatMap(kind =>
      readItems(restored, kind).map(item => ({ ref: { kind, id: item.id }, item, linksChanged: true }))
    )
  await keepLastLinks({ client, workspaceId, restored, now })
  // Do not restore a slug that was another item's.
  const wrong = await client.batch(wrongLinksStatements(workspaceId, changesOf()), 'read')
  for (const ref of readWrongLinks(wrong)) resetLinks(restored, ref, now)
  const changes = changesOf()
  const name = readWorkspaceName(restored)
  const bytes = Y.encodeStateAsUpdate(restored)
  const unchanged = ownershipGuard({ workspaceId, head })
  const [last, ...others] = (await snapshotRows({ workspaceId, seq: nextHead, bytes, now })).reverse()
  const ofThisCommit = and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, nextHead))
  const inWorkspace = (table: typeof rooms | typeof webinars) =>
    toStatement(orm.delete(table).where(eq(table.workspaceId, workspaceId)))
  const entry = { userId: SERVER, root: WORKSPACE_ROOT, key: 'restored', at: now, outcome: 'edited' as const }
  try {
    // One part at a time, as requests are limited. The snapshot counts only with the last part.
    await client.batch([unchanged, toStatement(orm.delete(docSnapshots).where(ofThisCommit))], 'write')
    for (const row of others) {
      await client.batch([unchanged, toStatement(orm.insert(docSnapshots).values(row))], 'write')
    }
    await writeProjected({
      database,
      workspaceId,
      seq: nextHead,
      changes,
      guard: ownershipGuard({ workspaceId, head: nextHead }),
      now,
      statements: [
        unchanged,
        toStatement(
          orm
            .update(workspaceDocs)
            .set({ head: nextHead, owner: null, generation: sql`${workspaceDocs.generation} + 1` })
            .where(mine)
        ),
        ...(last === undefined ? [] : [toStatement(orm.insert(docSnapshots).values(last))]),
        // Clients of the old generation may not write any more.
        toStatement(
          orm.update(docClients).set({ userId: RETIRED }).where(eq(docClients.workspaceId, workspaceId))
        ),
        ...ITEM_KINDS.map(kind => {
          const kept = changes.filter(({ ref }) => ref.kind === kind).map(({ ref }) => ref.id)
          return retireStatement(workspaceId, kind, { kept })
        }),
        inWorkspace(rooms),
        inWorkspace(webinars),
        ...(name === undefined ? [] : [workspaceNameStatement(orm, workspaceId, name)]),
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

/**
 * Links are not restored: a reset stays a reset. An item keeps its latest links. A deleted item
 * returns with its last slug and a new epoch.
 */
const keepLastLinks = async ({
  client,
  workspaceId,
  restored,
  now
}: Pick<Database, 'client'> & { workspaceId: string; restored: Y.Doc; now: number }): Promise<void> => {
  const items = ITEM_KINDS.flatMap(kind => readItems(restored, kind) as Item[])
  const last = readLastLinks(await client.batch(pastLinksStatements(workspaceId, items), 'read'))
  restored.transact(() => {
    for (const item of items) {
      const links = last.get(`${item.kind}/${item.id}`)
      if (links === undefined) continue
      // Epochs of very old links are unknown; at least they were replaced.
      const lowest = links.slug === item.slug ? item.epoch : item.epoch + 1
      const kept = { slug: links.slug, epoch: Math.max(links.epoch, lowest) }
      if (kept.epoch === item.epoch && kept.slug === item.slug) continue
      itemRoot(restored, item.kind).set(fieldKey(item.id, 'links'), [kept, now])
    }
  })
}

/** The document after a commit. An unreadable snapshot falls back to the one before. */
const documentAt = async (orm: Database['orm'], workspaceId: string, seq: number): Promise<Y.Doc> => {
  const kept = await snapshotSeqs({ orm, workspaceId })
  const bases = [...kept.filter(at => at <= seq), 0]
  for (const base of bases) {
    const bytes = base === 0 ? null : await readSnapshot({ orm, workspaceId, seq: base })
    if (base > 0 && bytes === null) continue
    const updates = await readUpdates({ orm, workspaceId, after: base, upTo: seq })
    // Updates before a snapshot may be gone, and a restore leaves a gap in their numbers.
    const isCertain = kept.length === 0 || (base > 0 && base === bases[0])
    if (!isCertain && updates.length !== seq - base) continue
    const restored = replay({ snapshot: bytes === null ? null : { seq: base, bytes }, updates })
    if (restored !== null) return restored.doc
  }
  throw new RestoreError(`Commit ${seq} is not kept any more; the oldest that is, is ${kept.at(-1) ?? 1}.`)
}

/** Copies the entries into a document without history. */
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  copy.transact(() => {
    for (const root of DOCUMENT_ROOTS) {
      for (const [key, raw] of doc.getMap<Entry>(root).entries()) {
        const entry = parseEntry(raw)
        if (entry !== undefined) copy.getMap<Entry>(root).set(key, entry)
      }
    }
  })
  return copy
}
