import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { HTTPException } from 'hono/http-exception'
import { logFailure } from '../log.ts'

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 421 | 426 | 429 | 503

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

export const UNAVAILABLE = {
  error: { code: 'unavailable', message: 'The server cannot do this now. Try again soon.' }
}

/** Answers every error in one shape. Unexpected ones are logged and not described. */
export const answerError = (error: Error, c: Context) => {
  if (error instanceof ApiError) {
    if (error.retryAfter !== undefined) c.header('retry-after', String(error.retryAfter))
    return c.json({ error: { code: error.code, message: error.message } }, error.status)
  }
  // Not the path, which may be a link.
  logFailure(`${c.req.method} ${routePath(c)}`, error)
  return c.json(UNAVAILABLE, 503)
}

export const answerNotFound = (c: Context) =>
  c.json({ error: { code: 'not-found', message: 'There is nothing at this address.' } }, 404)
