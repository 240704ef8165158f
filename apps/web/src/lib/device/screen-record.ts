import type { ItemEntries } from '@foyer/doc'

/** What Home showed of an item. */
export interface SeenItem {
  id: string
  entries: ItemEntries
  /** ms since 1970 */
  lastUsedAt: number | undefined
  unsynced: boolean
}

/** What Home showed of the current workspace when it was last seen, as far as a screen reaches. */
export interface ScreenRecord {
  /** Another one is of another version of the app. */
  version: typeof SCREEN_VERSION
  workspaceId: string
  /** How it was shown: in which order and language. Shown otherwise, other items come first. */
  view: string
  rooms: readonly SeenItem[]
  roomCount: number
  webinars: readonly SeenItem[]
  webinarCount: number
  hasDeleted: boolean
}

export const SCREEN_VERSION = 1
