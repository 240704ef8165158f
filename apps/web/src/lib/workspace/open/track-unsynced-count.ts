/** Bursts of edits are counted and written once. */
const THROTTLE_MS = 500

interface Counted {
  countUnsynced(): number
  onUnsyncedChange(listener: () => void): () => void
}

/**
 * Stores the workspace's number of unsynced changes, for when another workspace is open.
 * @returns stops tracking, after one last count
 */
export const trackUnsyncedCount = (workspace: Counted, write: (count: number) => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let written: number | undefined
  const save = () => {
    timer = undefined
    const count = workspace.countUnsynced()
    if (count !== written) write(count)
    written = count
  }
  const saveSoon = () => {
    timer ??= setTimeout(save, THROTTLE_MS)
  }
  const end = workspace.onUnsyncedChange(saveSoon)
  saveSoon()
  return () => {
    end()
    clearTimeout(timer)
    save()
  }
}
