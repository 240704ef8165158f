/** Which copy of a workspace's document is in use on this device. Each clone of it is a copy with its own log. */
export interface CopyRecord {
  copy: number
  /** Whether what was unsynced in the copy before belongs into this one. */
  carriesOver: boolean
  /** The copy before, until its log is dropped. */
  before: number | null
}

export const FIRST_COPY: CopyRecord = { copy: 0, carriesOver: false, before: null }

/** The name of the IndexedDB database that holds a copy's log. */
export const logName = (workspaceId: string, copy: number): string =>
  copy === 0 ? `foyer-workspace-${workspaceId}` : `foyer-workspace-${workspaceId}-${String(copy)}`
