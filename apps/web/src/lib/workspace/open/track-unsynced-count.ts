/** Counting costs little, writing down more: bursts of edits are one. */
const PAUSE_MS = 500

interface Counted {
  countUnsynced(): number
  onUnsyncedChange(listener: () => void): () => void
}

/**
 * Keeps how many of a workspace's changes wait for the server, for when another one is on the screen.
 * @returns ends it, after one last count
 */
export const trackUnsyncedCount = (workspace: Counted, write: (count: number) => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let written: number | undefined
  const keep = () => {
    timer = undefined
    const count = workspace.countUnsynced()
    if (count !== written) write(count)
    written = count
  }
  const keepSoon = () => {
    timer ??= setTimeout(keep, PAUSE_MS)
  }
  const end = workspace.onUnsyncedChange(keepSoon)
  keepSoon()
  return () => {
    end()
    clearTimeout(timer)
    keep()
  }
}
