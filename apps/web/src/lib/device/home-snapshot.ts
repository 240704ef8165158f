import type { ItemEntries } from '@foyer/doc'

/** What Home showed of an item. */
export interface SnapshotItem {
  id: string
  entries: ItemEntries
  /** ms since 1970 */
  lastUsedAt: number | undefined
  unsynced: boolean
}

/** What Home showed of the current workspace when it was last seen, as far as a screen reaches. */
export interface HomeSnapshot {
  /** Another one is of another version of the app. */
  version: typeof HOME_SNAPSHOT_VERSION
  workspaceId: string
  /** How it was shown: in which order and language. Shown otherwise, other items come first. */
  view: string
  rooms: readonly SnapshotItem[]
  roomCount: number
  webinars: readonly SnapshotItem[]
  webinarCount: number
  hasDeleted: boolean
}

export const HOME_SNAPSHOT_VERSION = 1
