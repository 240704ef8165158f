import type { Item, ItemRef } from '@foyer/doc'

/** One item whose entries a commit changed: what it reads as now, and whether its links may have changed. */
export interface ProjectedChange {
  ref: ItemRef
  /** Undefined where no item is left. */
  item: Item | undefined
  linksChanged: boolean
}

/** What a person did to one field, for the activity log. */
export interface ActivityEntry {
  userId: string
  root: string
  key: string
  /** ms since 1970 */
  at: number
  /** `superseded`: the value in `from` came, and a later edit, in `to`, stands against it. */
  outcome: 'edited' | 'superseded'
  /** Undefined for nothing. */
  from: unknown
  to: unknown
}

export interface Commit {
  /** The head that it builds on. */
  head: number
  /** Yjs update; it becomes the next head. Null when only usage is stored: then the head stays. */
  update: Uint8Array | null
  projected: ProjectedChange[]
  /** What the workspace is called now, where the commit changed that. */
  workspaceName: string | null
  activity: ActivityEntry[]
  /** Yjs clients seen for the first time, and whose they are. */
  newClients: ReadonlyMap<number, string>
  /** Item id → last used, ms since 1970. */
  usage: ReadonlyMap<string, number>
  /** ms since 1970 */
  now: number
}

export interface Snapshot {
  /** The last commit that it holds. */
  seq: number
  /** Yjs update of the whole document. */
  bytes: Uint8Array
}

/** What a commit stored. */
export interface StoredUpdate {
  seq: number
  /** Yjs update. */
  bytes: Uint8Array
}

export interface StoredHistory {
  /** The newest snapshot that reads back as it was written; null where there is none. */
  snapshot: Snapshot | null
  /** Every update later than the snapshot, oldest first. */
  updates: StoredUpdate[]
}

/** Something stored that cannot be used, and why. */
export interface SetAside {
  kind: 'update' | 'snapshot' | 'row'
  /** The commit that it belongs to. */
  seq: number
  /** Which row of the projection or the activity; empty for the others. */
  name: string
  bytes: Uint8Array
  reason: string
}

export interface LoadedDocument extends StoredHistory {
  head: number
  generation: number
  /** Whose each Yjs client is. */
  clients: Map<number, string>
  usage: Map<string, number>
  wrongLinks: WrongLinks[]
}

/** An item whose links cannot stand, so that it needs others. */
export interface WrongLinks extends ItemRef {
  /** Its slug is another item's. Otherwise it had these links before, or a lower epoch than it had before. */
  isTaken: boolean
  /** That it ever had. */
  highestEpoch: number
}

/** What a commit came to. */
export interface Committed {
  head: number
  /** Of items that it changed. */
  wrongLinks: WrongLinks[]
}

/** There is no such workspace. */
export class UnknownWorkspaceError extends Error {
  override name = 'UnknownWorkspaceError'
}

/** Another engine has claimed the document since, or its head is not the one this one knows. */
export class LostOwnershipError extends Error {
  override name = 'LostOwnershipError'

  constructor() {
    super('this instance may not write any more')
  }
}

/**
 * Where a workspace's document is kept. One store belongs to one engine: `load` claims the
 * document, and from then on no earlier instance's commit can succeed.
 */
export interface UpdateStore {
  /** @param now ms since 1970 @throws {UnknownWorkspaceError} or whatever the database failed with */
  load(now: number): Promise<LoadedDocument>
  /** What there is from before a snapshot that turned out to be of no use. */
  loadBefore(seq: number): Promise<StoredHistory>
  /** Keeps what is of no use where a person can find it. What is there already stays as it is. @param now ms since 1970 */
  setAside(unusable: SetAside[], now: number): Promise<void>
  /** Is this instance still the one that may write? Another one, or a restore, may have come after it. */
  isCurrent(): Promise<boolean>
  /**
   * All of it, once, or nothing. When it returns, the commit is in the database; where the database does
   * not say what became of it, the store finds out.
   * @throws {LostOwnershipError} nothing was written; any other error leaves the outcome open
   */
  commit(commit: Commit): Promise<Committed>

  /** Writes a snapshot beside what is there; it counts from its verification on. @param now ms since 1970 */
  writeSnapshot(snapshot: Snapshot, now: number): Promise<void>
  /** Reads a snapshot back. @returns whether it is what was written */
  verifySnapshot(seq: number): Promise<boolean>
  /**
   * Lets go what is not needed any more with a verified snapshot: whatever is older than the snapshot before
   * it. That one and its updates stay, so that a snapshot found damaged later costs nothing.
   */
  dropCovered(seq: number): Promise<void>
}
