const AT_MOST_MS = 40

/** Lets the page breathe: called within long work, it waits for a turn once some time has gone by. */
export const createBreath = (): (() => Promise<void>) => {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < AT_MOST_MS) return
    await new Promise(resolve => setTimeout(resolve))
    since = performance.now()
  }
}
