const MAX_BLOCKED_MS = 40

/** Lets the page yieldNow: called within long work, it waits for a turn once some time has gone by. */
export const createYielder = (): (() => Promise<void>) => {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < MAX_BLOCKED_MS) return
    await new Promise(resolve => setTimeout(resolve))
    since = performance.now()
  }
}
