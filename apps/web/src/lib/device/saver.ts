const RETRY_MS = 5_000

export interface SaverEvents {
  /** Changes are not being saved; called with the reason. */
  onTrouble: (error: unknown) => void
  /** They are saved again, all of them. */
  onRecovered: () => void
}

/** Writes until it succeeds, and reports when that begins and ends to fail. */
export const createSaver = (write: () => Promise<void>, { onTrouble, onRecovered }: SaverEvents) => {
  let writing: Promise<boolean> | null = null
  let troubled = false
  let stopped = false
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  const writeOrFail = async () => {
    clearTimeout(retryTimer)
    try {
      await write().catch(write) // once more at once: a connection that iOS dropped can be opened again
      if (troubled) onRecovered()
      troubled = false
      return true
    } catch (error) {
      fail(error)
      return false
    }
  }
  const save = () => {
    if (stopped) return Promise.resolve(false)
    return (writing ??= writeOrFail().finally(() => {
      writing = null
    }))
  }
  const fail = (error: unknown) => {
    if (stopped) return
    troubled = true
    onTrouble(error)
    clearTimeout(retryTimer)
    retryTimer = setTimeout(() => void save(), RETRY_MS)
  }

  return {
    /** Settles when all so far is saved (true), or could not be. One write at a time. */
    save,
    /** Reports that saving fails, and tries again later. */
    fail,
    /** From now on nothing is saved or reported, until `start`. */
    stop() {
      stopped = true
      clearTimeout(retryTimer)
    },
    start() {
      stopped = false
    },
    get isStopped() {
      return stopped
    }
  }
}
