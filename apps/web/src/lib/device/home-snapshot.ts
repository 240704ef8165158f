import type { ItemEntries } from '@foyer/doc'

/** An item in a Home snapshot. */
export interface SnapshotItem {
  id: string
  entries: ItemEntries
  /** ms since 1970 */
  lastUsedAt: number | undefined
  unsynced: boolean
}

/** What Home last showed of the current workspace, about a screenful. */
export interface HomeSnapshot {
  /** Snapshots of other versions are ignored. */
  version: typeof HOME_SNAPSHOT_VERSION
  workspaceId: string
  /** The order and language, which decide the first items. */
  view: string
  rooms: readonly SnapshotItem[]
  roomCount: number
  webinars: readonly SnapshotItem[]
  webinarCount: number
  hasDeleted: boolean
}

export const HOME_SNAPSHOT_VERSION = 1
