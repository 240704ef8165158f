import { createMiddleware } from 'hono/factory'

/** Sets `no-store` on answers without a cache-control of their own. */
export const notStored = createMiddleware(async (c, next) => {
  await next()
  // The answer to a WebSocket upgrade is immutable.
  if (c.res.status !== 101 && !c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
})
