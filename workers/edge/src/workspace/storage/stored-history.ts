import { docSnapshots, docUpdates } from '@foyer/db'
import { sha256Hex } from '@foyer/doc/sha256'
import { and, asc, desc, eq, gte, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { concatBytes, splitBytes } from '../../bytes.ts'
import { logFailure } from '../../log.ts'
import { MAX_SEQ } from './repair-stored.ts'
import type { Snapshot, StoredUpdate } from './update-store.ts'

/** sqld answers with at most 10 MB of JSON, and bytes travel as base64. */
const PARTS_PER_PAGE = 3
/** Parts are written with 1 MB. A longer one is foreign and is cut off. */
const MAX_PART_BYTES = 2_000_000
/** Short updates are read in pages. */
const SHORT_BYTES = 4_000
const UPDATES_PER_PAGE = 1_000
/** More snapshots than are ever kept. */
const MAX_SNAPSHOTS = 1_000

interface Where {
  orm: Database['orm']
  workspaceId: string
}

/** Bytes, whatever the type of the stored value. */
const bytesOf = (column: typeof docUpdates.data | typeof docSnapshots.data): SQL<ArrayBuffer> =>
  sql`cast(substr(${column}, 1, ${MAX_PART_BYTES}) as blob)`

/** Reads a snapshot; null if it is missing or damaged. */
export const readSnapshot = async ({
  orm,
  workspaceId,
  seq
}: Where & { seq: number }): Promise<Uint8Array | null> => {
  const parts: Uint8Array[] = []
  for await (const part of snapshotParts({ orm, workspaceId, seq })) {
    if (part === null) return null
    parts.push(part)
  }
  return concatBytes(parts)
}

/** Whether a snapshot is complete and intact. */
export const isSnapshotWhole = async (where: Where & { seq: number }): Promise<boolean> => {
  for await (const part of snapshotParts(where)) if (part === null) return false
  return true
}

/** The parts of a snapshot in order; null for one that is missing or damaged. */
async function* snapshotParts({
  orm,
  workspaceId,
  seq
}: Where & { seq: number }): AsyncGenerator<Uint8Array | null> {
  const itself = and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, seq))
  for (let at = 0, count = 1; at < count;) {
    const page = await orm
      .select({
        // As text: the client throws on a number out of range.
        part: sql<string>`cast(${docSnapshots.part} as text)`,
        parts: sql<string>`cast(${docSnapshots.parts} as text)`,
        data: bytesOf(docSnapshots.data),
        hash: docSnapshots.hash
      })
      .from(docSnapshots)
      .where(and(itself, gte(docSnapshots.part, at)))
      .orderBy(asc(docSnapshots.part))
      .limit(PARTS_PER_PAGE)
    if (page.length === 0) {
      yield null
      return
    }
    for (const { part, parts, data, hash } of page) {
      count = Number(parts)
      const bytes = new Uint8Array(data)
      yield part === String(at) && at < count && hash === (await sha256Hex(bytes)) ? bytes : null
      at++
    }
  }
}

/**
 * The commits that a workspace has snapshots of, newest first.
 * @param before of those below this commit
 */
export const snapshotSeqs = async ({
  orm,
  workspaceId,
  before = Infinity
}: Where & { before?: number }): Promise<number[]> => {
  const rows = await orm
    .selectDistinct({ seq: docSnapshots.seq })
    .from(docSnapshots)
    .where(
      and(
        eq(docSnapshots.workspaceId, workspaceId),
        gte(docSnapshots.seq, 1),
        lt(docSnapshots.seq, Math.min(before, MAX_SEQ))
      )
    )
    .orderBy(desc(docSnapshots.seq))
    .limit(MAX_SNAPSHOTS)
  return rows.map(({ seq }) => seq)
}

/** The newest intact snapshot. @param before only those below this commit */
export const readNewestSnapshot = async (where: Where & { before?: number }): Promise<Snapshot | null> => {
  for (const seq of await snapshotSeqs(where)) {
    const bytes = await readSnapshot({ ...where, seq })
    if (bytes !== null) return { seq, bytes }
    logFailure(`the snapshot at ${seq} of ${where.workspaceId} is damaged; the one before it serves`)
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
      hash: await sha256Hex(data),
      createdAt
    }))
  )
}

interface UpdatePart {
  seq: number
  part: number
  /** Null if it is long and read separately. */
  data: ArrayBuffer | null
}

/** A document's updates after one commit, up to and including another, oldest first. */
export const readUpdates = async ({
  orm,
  workspaceId,
  after,
  upTo = MAX_SEQ
}: Where & { after: number; upTo?: number }): Promise<StoredUpdate[]> => {
  const { seq, part, data } = docUpdates
  const parts: UpdatePart[] = []
  for (let read = UPDATES_PER_PAGE; read === UPDATES_PER_PAGE;) {
    const last = parts.at(-1) ?? { seq: after, part: MAX_SEQ }
    const page: UpdatePart[] = await orm
      .select({
        seq,
        part,
        data: sql<ArrayBuffer | null>`case when length(${data}) <= ${SHORT_BYTES} then ${bytesOf(data)} end`
      })
      .from(docUpdates)
      .where(
        and(
          eq(docUpdates.workspaceId, workspaceId),
          sql`(${seq}, ${part}) > (${last.seq}, ${last.part})`,
          lte(seq, upTo),
          sql`typeof(${seq}) = 'integer' and typeof(${part}) = 'integer' and ${part} <= ${MAX_SEQ}`
        )
      )
      .orderBy(asc(seq), asc(part))
      .limit(UPDATES_PER_PAGE)
    parts.push(...page)
    read = page.length
  }
  await readLongParts({ orm, workspaceId }, parts)
  return Array.from(
    Map.groupBy(parts, ({ seq }) => seq),
    ([seq, parts]) => ({ seq, bytes: concatBytes(parts.map(({ data }) => new Uint8Array(data ?? []))) })
  )
}

/** Reads the long parts. */
const readLongParts = async ({ orm, workspaceId }: Where, parts: UpdatePart[]): Promise<void> => {
  const long = parts.filter(({ data }) => data === null)
  const mine = eq(docUpdates.workspaceId, workspaceId)
  const placeOf = ({ seq, part }: Pick<UpdatePart, 'seq' | 'part'>) => `${seq}/${part}`
  for (let at = 0; at < long.length; at += PARTS_PER_PAGE) {
    const asked = long.slice(at, at + PARTS_PER_PAGE)
    const page = await orm
      .select({ seq: docUpdates.seq, part: docUpdates.part, data: bytesOf(docUpdates.data) })
      .from(docUpdates)
      .where(
        or(...asked.map(({ seq, part }) => and(mine, eq(docUpdates.seq, seq), eq(docUpdates.part, part))))
      )
    const found = new Map(page.map(row => [placeOf(row), row.data]))
    for (const part of asked) part.data = found.get(placeOf(part)) ?? null
  }
}
