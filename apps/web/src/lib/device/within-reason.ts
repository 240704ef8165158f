/** Some browsers now and then neither open a database nor say that they cannot: then it is as if they had. */
const MOST_MS = 3_000

/** The browser has not answered in time. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError'
}

/**
 * Waits no longer than a person would; the work goes on all the same.
 * @throws {NoAnswerError}
 */
export const withinReason = async <T>(work: Promise<T>, mostMs = MOST_MS): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswerError('the browser does not answer'))
    }, mostMs)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
