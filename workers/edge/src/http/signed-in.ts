import { createMiddleware } from 'hono/factory'
import { readSession, type Auth } from '../auth.ts'
import { ApiError } from './api-error.ts'

/** Lets only people with a session through; `c.var.userId` says who. */
export const signedIn = (auth: () => Auth) =>
  createMiddleware<{ Variables: { userId: string } }>(async (c, next) => {
    const session = await readSession(auth(), c.req.raw.headers)
    if (session === null) throw new ApiError(401, 'signed-out', 'Sign in first.')
    c.set('userId', session.userId)
    await next()
  })
