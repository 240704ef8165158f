import { createMiddleware } from 'hono/factory'
import { ApiError } from './api-error.ts'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses requests that another site's page made with this person's cookies. A browser sends `Origin` with
 * every request that changes something and with every WebSocket; other programs need not, on a WebSocket.
 */
export const sameOrigin = (appOrigin: string) =>
  createMiddleware(async (c, next) => {
    const origin = c.req.header('origin')
    const isUpgrade = c.req.header('upgrade')?.toLowerCase() === 'websocket'
    const mustCheck = isUpgrade ? origin !== undefined : !SAFE_METHODS.has(c.req.method)
    if (mustCheck && origin !== appOrigin && origin !== new URL(c.req.url).origin) {
      throw new ApiError(403, 'other-origin', 'This request comes from another site.')
    }
    await next()
  })
