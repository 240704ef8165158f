const RETRY_MS = 5_000

export interface SaverEvents {
  /** Saving failed. */
  onTrouble: (error: unknown) => void
  /** All changes are saved again. */
  onRecovered: () => void
}

/** Retries a write until it succeeds, and reports when it starts failing and recovers. */
export const createSaver = (write: () => Promise<void>, { onTrouble, onRecovered }: SaverEvents) => {
  let writing: Promise<boolean> | null = null
  let troubled = false
  let stopped = false
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  const writeOrFail = async () => {
    clearTimeout(retryTimer)
    try {
      await write().catch(write) // retry once: iOS drops connections
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
    /** Settles when all changes so far are saved (true) or failed to be (false). */
    save,
    /** Reports a failure and retries later. */
    fail,
    /** Stops saving and reporting until `start`. */
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
