import { createMiddleware } from 'hono/factory'

/** Keeps answers out of every cache, but for those that say for themselves how they may be kept. */
export const notStored = createMiddleware(async (c, next) => {
  await next()
  // The answer to a WebSocket's request cannot be changed, and is no document.
  if (c.res.status !== 101 && !c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
})
