import { setTimeout as sleep } from 'node:timers/promises'

/** Polls every 2 ms. @returns whether the condition became true in time */
export const becomesTrue = async (condition: () => boolean, timeoutMs: number): Promise<boolean> => {
  const deadline = performance.now() + timeoutMs
  while (!condition()) {
    if (performance.now() > deadline) return false
    await sleep(2)
  }
  return true
}

/** @throws {Error} naming `what` if the condition does not become true in time */
export const waitUntil = async (
  what: string,
  condition: () => boolean,
  timeoutMs = 60_000
): Promise<void> => {
  if (!(await becomesTrue(condition, timeoutMs))) throw new Error(`${what}: not within ${timeoutMs} ms`)
}

/** Runs at most `width` in parallel. */
export const inParallel = async (
  count: number,
  width: number,
  run: (index: number) => Promise<void>
): Promise<void> => {
  let next = 0
  const worker = async () => {
    while (next < count) await run(next++)
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker))
}
