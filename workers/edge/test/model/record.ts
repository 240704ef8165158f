import { DOCUMENT_ROOTS, type Entry } from '@foyer/doc'
import * as Y from 'yjs'

/**
 * An instance that has been followed may not have heard of a change of roles, for as long as it
 * lives.
 */
const STALE_MS = 45_000

/** One value that somebody wrote, under the Yjs id that it has everywhere. */
export interface Write {
  client: number
  clock: number
  userId: string
  root: string
  key: string
  entry: Entry
}

/** What one commit brought, as the database has it. */
export interface CommitRecord {
  seq: number
  update: Uint8Array
  /** ms since 1970, the server's time when it looked at the updates. */
  now: number
}

/** Somebody used an item. */
export interface UsageMark {
  device: string
  itemId: string
  /** By the device's clock, ms since 1970. */
  at: number
  trueAt: number
}

/**
 * What people did and what the database took: written down beside the system, and compared with it.
 */
export class RunRecord {
  readonly writes = new Map<string, Write>()
  readonly commits: CommitRecord[] = []
  /** Whose each Yjs client is. */
  readonly authors = new Map<number, string>()
  /** Items that somebody removed for good. */
  readonly purged = new Set<string>()
  marks: UsageMark[] = []
  /** What went wrong on the way; checked at the end. */
  readonly faults: string[] = []
  /** Since when somebody may not write, ms since 1970. */
  readonly readers = new Map<string, number>()
  /** Up to where each Yjs client is in the database. */
  readonly durable = new Map<number, number>()

  fault(text: string): void {
    if (this.faults.length < 20) this.faults.push(text)
  }

  /** Notes what a local transaction wrote. */
  wrote(userId: string, transaction: Y.Transaction): void {
    const { doc, beforeState, afterState } = transaction
    for (const [client, end] of afterState) {
      const begin = beforeState.get(client) ?? 0
      if (end === begin) continue
      this.authors.set(client, userId)
      for (const struct of doc.store.clients.get(client) ?? []) {
        if (struct.id.clock < begin || !(struct instanceof Y.Item)) continue
        this.#noteWrite(userId, struct)
      }
    }
  }

  #noteWrite(userId: string, { id, content, parent, parentSub }: Y.Item): void {
    if (!(content instanceof Y.ContentAny) || !(parent instanceof Y.Map) || parentSub === null) return
    const { client, clock } = id
    const root = Y.findRootTypeKey(parent)
    const entry = content.arr[0] as Entry
    this.writes.set(`${client}:${clock}`, { client, clock, userId, root, key: parentSub, entry })
  }

  committed(commit: CommitRecord): void {
    const ends = endsOf(commit.update)
    for (const client of ends.keys()) {
      const since = this.readers.get(this.authors.get(client) ?? '') ?? Infinity
      if (commit.now - since > STALE_MS) this.fault('somebody wrote who may only read, or not even that')
    }
    this.commits.push(commit)
    raise(this.durable, ends)
  }

  isDurable(update: Uint8Array): boolean {
    return covers(this.durable, endsOf(update))
  }

  /** The written values that a commit brought for the first time. */
  writesOf({ update }: CommitRecord, known: ReadonlyMap<number, number>): Write[] {
    const found: Write[] = []
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      for (let clock = id.clock; clock < id.clock + length; clock++) {
        const write = this.writes.get(`${id.client}:${clock}`)
        if (write !== undefined && clock >= (known.get(id.client) ?? 0)) found.push(write)
      }
    }
    return found
  }
}

/** Up to where an update goes for each Yjs client in it. */
export const endsOf = (update: Uint8Array): Map<number, number> => {
  const ends = new Map<number, number>()
  for (const { id, length } of Y.decodeUpdate(update).structs) {
    ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length))
  }
  return ends
}

export const raise = (ends: Map<number, number>, by: ReadonlyMap<number, number>): void => {
  for (const [client, end] of by) ends.set(client, Math.max(end, ends.get(client) ?? 0))
}

export const covers = (all: ReadonlyMap<number, number>, some: ReadonlyMap<number, number>): boolean =>
  [...some].every(([client, end]) => (all.get(client) ?? 0) >= end)

/** All that a document says, in one text that is the same for the same content. */
export const contentOf = (doc: Y.Doc): string =>
  JSON.stringify(
    DOCUMENT_ROOTS.map(root => [
      root,
      Object.entries(doc.getMap(root).toJSON()).sort(([a], [b]) => (a < b ? -1 : 1))
    ])
  )
