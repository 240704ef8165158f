import { createMiddleware } from 'hono/factory'
import { ApiError } from './api-error.ts'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses cross-site requests with cookies. A browser sends `Origin` with every unsafe request and
 * every WebSocket. Other programs may omit it on a WebSocket.
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
