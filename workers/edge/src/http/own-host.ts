import { createMiddleware } from 'hono/factory'
import { ApiError } from './api-error.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Refuses requests for other host names, against DNS rebinding: a page could point its own name at
 * this machine and share its origin.
 */
export const ownHost = (appOrigin: string) => {
  const own = new URL(appOrigin).hostname
  const names = new Set(LOOPBACK.includes(own) ? LOOPBACK : [own])
  return createMiddleware(async (c, next) => {
    const host = c.req.header('host')
    const isOwn =
      names.has(hostname(c.req.url)) && (host === undefined || names.has(hostname(`http://${host}`)))
    if (!isOwn) throw new ApiError(421, 'other-host', 'This server has another name.')
    await next()
  })
}

const hostname = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '')
