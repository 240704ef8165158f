const FIRST_MS = 500
const MAX_MS = 30_000

/**
 * Exponential backoff with full jitter, so that devices that lost the server together do not return
 * together. Source: AWS Architecture Blog, "Exponential Backoff and Jitter".
 * @param failures failed attempts in a row, 1 or more
 * @returns ms, 500 to 30,000
 */
export const backoffMs = (failures: number, random: () => number = Math.random): number => {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures, 10))
  return FIRST_MS + random() * (ceiling - FIRST_MS)
}
