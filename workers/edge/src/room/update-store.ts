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
  /** Sequence number of this commit: the head before it plus one. */
  seq: number
  /** Yjs update, null when only usage is stored. */
  update: Uint8Array | null
  projected: ProjectedChange[]
  activity: ActivityEntry[]
  /** Yjs clients seen for the first time, and whose they are. */
  newClients: ReadonlyMap<number, string>
  /** Item id → last used, ms since 1970. */
  usage: ReadonlyMap<string, number>
  /** ms since 1970 */
  now: number
}

export interface LoadedDocument {
  head: number
  generation: number
  /** Snapshot first, then every later update, oldest first. */
  updates: Uint8Array[]
  /** Whose each Yjs client is. */
  clients: Map<number, string>
  usage: Map<string, number>
}

/** There is no such workspace. */
export class UnknownWorkspaceError extends Error {
  override name = 'UnknownWorkspaceError'
}

/** Another room instance has claimed the document since, or its head is not the one this one knows. */
export class LostOwnershipError extends Error {
  override name = 'LostOwnershipError'
}

/**
 * Where a workspace's document is kept. One store belongs to one room instance: `load` claims the
 * document, and from then on no earlier instance's commit can succeed.
 */
export interface UpdateStore {
  /** @throws {UnknownWorkspaceError} or whatever the database failed with */
  load(): Promise<LoadedDocument>
  /**
   * All of it, once, or nothing. When it returns, the commit is in the database; where the database does
   * not say what became of it, the store finds out.
   * @throws {LostOwnershipError} nothing was written; any other error leaves the outcome open
   */
  commit(commit: Commit): Promise<void>
}
