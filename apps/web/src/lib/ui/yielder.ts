const MAX_BLOCKED_MS = 40

/** Keeps the page responsive: call the returned function during long work to yield when due. */
export const createYielder = (): (() => Promise<void>) => {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < MAX_BLOCKED_MS) return
    await new Promise(resolve => setTimeout(resolve))
    since = performance.now()
  }
}
