/** Which copy of a workspace's document this device uses. Each clone has its own log. */
export interface CopyRecord {
  copy: number
  /** Whether the previous copy's unsynced edits are carried over. */
  carriesOver: boolean
  /** The previous copy, until its log is deleted. */
  before: number | null
}

export const FIRST_COPY: CopyRecord = { copy: 0, carriesOver: false, before: null }

/** The name of the IndexedDB database of a copy's log. */
export const logName = (workspaceId: string, copy: number): string =>
  copy === 0 ? `foyer-workspace-${workspaceId}` : `foyer-workspace-${workspaceId}-${String(copy)}`
