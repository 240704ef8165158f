import type { Item, ItemRef } from '@foyer/doc'

/** An item that a commit changed. */
export interface ProjectedChange {
  ref: ItemRef
  /** Undefined if the item is gone. */
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
  /** `superseded`: the value in `from` lost to a later edit, in `to`. */
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
  /** The new name, if the workspace was renamed. */
  workspaceName: string | null
  activity: ActivityEntry[]
  /** New Yjs clients and their owners. */
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

/** The update of one commit. */
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

/** An unusable stored value. */
export interface SetAside {
  kind: 'update' | 'snapshot' | 'row'
  /** The commit that it belongs to. */
  seq: number
  /** Name of the row; empty for the other kinds. */
  name: string
  bytes: Uint8Array
  reason: string
}

export interface LoadedDocument extends StoredHistory {
  head: number
  generation: number
  /** Owner of each Yjs client. */
  clients: Map<number, string>
  usage: Map<string, number>
  wrongLinks: WrongLinks[]
}

/** An item with invalid links, which needs new ones. */
export interface WrongLinks extends ItemRef {
  /** Its slug is another item's. Otherwise its links or its epoch are old. */
  isTaken: boolean
  /** Highest epoch that it ever had. */
  highestEpoch: number
}

/** Result of a commit. */
export interface Committed {
  head: number
  /** Among the changed items. */
  wrongLinks: WrongLinks[]
}

/** There is no such workspace. */
export class UnknownWorkspaceError extends Error {
  override name = 'UnknownWorkspaceError'
}

/** Another engine has claimed the document, or its head has moved. */
export class LostOwnershipError extends Error {
  override name = 'LostOwnershipError'

  constructor() {
    super('this instance may not write any more')
  }
}

/**
 * Stores a workspace's document, for one engine. `load` claims the document: after that no earlier
 * instance can commit.
 */
export interface UpdateStore {
  /**
   * @param now ms since 1970
   * @throws {UnknownWorkspaceError} or whatever the database failed with
   */
  load(now: number): Promise<LoadedDocument>
  /** The history before an unusable snapshot. */
  loadBefore(seq: number): Promise<StoredHistory>
  /** Sets unusable values aside for a person to inspect. Idempotent. @param now ms since 1970 */
  setAside(unusable: SetAside[], now: number): Promise<void>
  /** Whether this instance still owns the document: another one or a restore may have followed. */
  isCurrent(): Promise<boolean>
  /**
   * Writes a commit atomically and exactly once. If the database does not report the outcome, the
   * store looks it up.
   * @throws {LostOwnershipError} nothing was written; any other error leaves the outcome open
   */
  commit(commit: Commit): Promise<Committed>

  /** Writes a snapshot. It counts once it is verified. @param now ms since 1970 */
  writeSnapshot(snapshot: Snapshot, now: number): Promise<void>
  /** Reads a snapshot back. @returns whether it is intact */
  verifySnapshot(seq: number): Promise<boolean>
  /**
   * Deletes what is older than the snapshot before a verified one. The previous snapshot and its
   * updates stay, in case the new one is found damaged later.
   */
  dropCovered(seq: number): Promise<void>
}
