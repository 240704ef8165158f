import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 426 | 429 | 503

/** An answer `{ "error": { "code", "message" } }`, thrown from anywhere behind a route. */
export class ApiError extends HTTPException {
  readonly code: string

  /** Seconds. */
  readonly retryAfter: number | undefined

  constructor(status: Status, code: string, message: string, { retryAfter }: { retryAfter?: number } = {}) {
    super(status, { message })
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** Every failure leaves in the one form; what was not foreseen is logged and says nothing of itself. */
export const answerError = (error: Error, c: Context) => {
  if (error instanceof ApiError) {
    if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter))
    return c.json({ error: { code: error.code, message: error.message } }, error.status)
  }
  console.error(`${c.req.method} ${c.req.path}`, `${error.name}: ${error.message}`)
  return c.json(
    { error: { code: 'unavailable', message: 'The server cannot do this now. Try again soon.' } },
    503
  )
}

export const answerNotFound = (c: Context) =>
  c.json({ error: { code: 'not-found', message: 'There is nothing at this address.' } }, 404)
