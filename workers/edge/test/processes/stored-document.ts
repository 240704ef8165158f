import { docSnapshots, docUpdates, links, rooms, webinars } from '@foyer/db'
import { readItems } from '@foyer/doc'
import type { ExternalDatabase } from '@foyer/local-stack'
import { createClient } from '@libsql/client'
import { asc, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { concatBytes } from '../../src/bytes.ts'
import { itemRow } from '../../src/workspace/storage/projection.ts'

const open = (database: ExternalDatabase) => drizzle(createClient(database), { casing: 'snake_case' })

/**
 * A workspace's document as the database alone has it; sequence numbers without a gap are expected
 * of it.
 */
export const readStoredDocument = async (database: ExternalDatabase, workspaceId: string): Promise<Y.Doc> => {
  const orm = open(database)
  const doc = new Y.Doc()
  const rowsOfSnapshots = await orm
    .select()
    .from(docSnapshots)
    .where(eq(docSnapshots.workspaceId, workspaceId))
    .orderBy(asc(docSnapshots.seq), asc(docSnapshots.part))
  // One whose writing was cut short counts for nothing.
  const [base, parts] = [...Map.groupBy(rowsOfSnapshots, row => row.seq)].findLast(
    ([, parts]) => parts.length === parts[0]?.parts
  ) ?? [0, []]
  if (base > 0) Y.applyUpdate(doc, concatBytes(parts.map(row => new Uint8Array(row.data))))

  const rows = await orm
    .select()
    .from(docUpdates)
    .where(eq(docUpdates.workspaceId, workspaceId))
    .orderBy(asc(docUpdates.seq), asc(docUpdates.part))
  const tail = Map.groupBy(
    rows.filter(row => row.seq > base),
    row => row.seq
  )
  expect([...tail.keys()]).toEqual(Array.from(tail, (_, index) => base + index + 1))
  for (const parts of tail.values())
    Y.applyUpdate(doc, concatBytes(parts.map(row => new Uint8Array(row.data))))
  expect(doc.store.pendingStructs).toBeNull()
  return doc
}

/**
 * A commit that was sent again must not stand in the log twice: no row brings what another one
 * brought.
 */
export const expectEachChangeOnce = async (
  database: ExternalDatabase,
  workspaceId: string
): Promise<void> => {
  const rows = await open(database)
    .select()
    .from(docUpdates)
    .where(eq(docUpdates.workspaceId, workspaceId))
    .orderBy(asc(docUpdates.seq), asc(docUpdates.part))
  const seen = new Set<string>()
  for (const parts of Map.groupBy(rows, row => row.seq).values()) {
    const update = concatBytes(parts.map(row => new Uint8Array(row.data)))
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      for (let clock = id.clock; clock < id.clock + length; clock++) {
        const name = `${id.client} ${clock}`
        expect(seen).not.toContain(name)
        seen.add(name)
      }
    }
  }
}

/** The projection must be what a document says, and nothing else. */
export const expectProjectionToEqual = async (
  doc: Y.Doc,
  database: ExternalDatabase,
  workspaceId: string
): Promise<void> => {
  const orm = open(database)
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  const withoutSeq = <T extends { id: string; seq: number }>(rows: T[]) =>
    rows.map(row => ({ ...row, seq: 0 })).sort(byId)

  const roomRows = await orm.select().from(rooms).where(eq(rooms.workspaceId, workspaceId))
  const expectedRooms = readItems(doc, 'room').map(room => itemRow(room, workspaceId, 0))
  expect(withoutSeq(roomRows)).toEqual(expectedRooms.sort(byId))

  const webinarRows = await orm.select().from(webinars).where(eq(webinars.workspaceId, workspaceId))
  const expectedWebinars = readItems(doc, 'webinar').map(webinar => itemRow(webinar, workspaceId, 0))
  expect(withoutSeq(webinarRows)).toEqual(expectedWebinars.sort(byId))

  const linkRows = await orm.select().from(links).where(eq(links.workspaceId, workspaceId))
  const items = [...readItems(doc, 'room'), ...readItems(doc, 'webinar')]
  expect(linkRows.map(row => row.slug).sort()).toEqual(items.map(item => item.slug).sort())
}
