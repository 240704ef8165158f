import { docSnapshots, docUpdates } from '@foyer/db'
import { and, asc, desc, eq, gt, lt, lte } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { concatBytes, sha256, splitBytes } from '../bytes.ts'
import { logFailure } from '../log.ts'
import type { Snapshot, StoredUpdate } from './update-store.ts'

interface Where {
  orm: Database['orm']
  workspaceId: string
}

/** A snapshot of a document, or null where there is none at `seq` or it is not what was written. */
export const readSnapshot = async ({
  orm,
  workspaceId,
  seq
}: Where & { seq: number }): Promise<Uint8Array | null> => {
  const parts = await orm
    .select({ parts: docSnapshots.parts, data: docSnapshots.data, hash: docSnapshots.hash })
    .from(docSnapshots)
    .where(and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, seq)))
    .orderBy(asc(docSnapshots.part))
  if (parts.length === 0 || parts.length !== parts[0]?.parts) return null
  const bytes = parts.map(part => new Uint8Array(part.data))
  const hashes = await Promise.all(bytes.map(sha256))
  return parts.every((part, index) => part.hash === hashes[index]) ? concatBytes(bytes) : null
}

/** Does a snapshot read back as it was written? Asked part by part, so that nothing else waits for long. */
export const isSnapshotWhole = async ({
  orm,
  workspaceId,
  seq
}: Where & { seq: number }): Promise<boolean> => {
  for (let at = 0, parts = 1; at < parts; at++) {
    const [part] = await orm
      .select({ parts: docSnapshots.parts, data: docSnapshots.data, hash: docSnapshots.hash })
      .from(docSnapshots)
      .where(
        and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, seq), eq(docSnapshots.part, at))
      )
    if (part?.hash !== (await sha256(new Uint8Array(part?.data ?? [])))) return false
    parts = part.parts
  }
  return true
}

/** The newest snapshot that reads back as it was written. @param before of those below this commit */
export const readNewestSnapshot = async ({
  orm,
  workspaceId,
  before = Number.MAX_SAFE_INTEGER
}: Where & { before?: number }): Promise<Snapshot | null> => {
  const seqs = await orm
    .selectDistinct({ seq: docSnapshots.seq })
    .from(docSnapshots)
    .where(and(eq(docSnapshots.workspaceId, workspaceId), lt(docSnapshots.seq, before)))
    .orderBy(desc(docSnapshots.seq))
  for (const { seq } of seqs) {
    const bytes = await readSnapshot({ orm, workspaceId, seq })
    if (bytes !== null) return { seq, bytes }
    logFailure(`the snapshot at ${seq} of ${workspaceId} is damaged; the one before it serves`)
  }
  return null
}

/** The rows of a snapshot: its parts, each with its hash. @param now ms since 1970 */
export const snapshotRows = ({
  bytes,
  now: createdAt,
  ...where
}: {
  workspaceId: string
  seq: number
  bytes: Uint8Array
  now: number
}): Promise<(typeof docSnapshots.$inferInsert)[]> => {
  const pieces = splitBytes(bytes)
  return Promise.all(
    pieces.map(async (data, part) => ({
      ...where,
      part,
      parts: pieces.length,
      data: data as Buffer,
      hash: await sha256(data),
      createdAt
    }))
  )
}

/** A document's updates after one commit, up to and including another, oldest first. */
export const readUpdates = async ({
  orm,
  workspaceId,
  after,
  upTo = Number.MAX_SAFE_INTEGER
}: Where & { after: number; upTo?: number }): Promise<StoredUpdate[]> => {
  const rows = await orm
    .select({ seq: docUpdates.seq, data: docUpdates.data })
    .from(docUpdates)
    .where(and(eq(docUpdates.workspaceId, workspaceId), gt(docUpdates.seq, after), lte(docUpdates.seq, upTo)))
    .orderBy(asc(docUpdates.seq), asc(docUpdates.part))
  const bySeq = Map.groupBy(rows, row => row.seq)
  return Array.from(bySeq, ([seq, parts]) => ({
    seq,
    bytes: concatBytes(parts.map(part => new Uint8Array(part.data)))
  }))
}
