/** Some browsers occasionally neither open a database nor report an error. */
const DEFAULT_TIMEOUT_MS = 3_000

/** The browser did not answer in time. */
export class TimeoutError extends Error {
  override name = 'TimeoutError'
}

/**
 * Limits how long to wait for `work`, which is not cancelled.
 * @throws {TimeoutError}
 */
export const withTimeout = async <T>(work: Promise<T>, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError('the browser did not answer'))
    }, timeoutMs)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
