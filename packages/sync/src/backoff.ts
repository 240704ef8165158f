const FIRST_MS = 500
const MAX_MS = 30_000

/**
 * How long to wait before the next try: full jitter, so that a thousand devices that lost the server in
 * one moment do not come back in one. Source: AWS Architecture Blog, "Exponential Backoff and Jitter".
 * @param failures tries in a row that failed, 1 or more
 * @returns ms, 500 to 30,000
 */
export const backoffMs = (failures: number, random: () => number = Math.random): number => {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures, 10))
  return FIRST_MS + random() * (ceiling - FIRST_MS)
}
