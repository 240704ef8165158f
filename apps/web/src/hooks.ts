import type { Reroute } from '@sveltejs/kit/hooks'

/** Any case, any number of slashes. */
const LINK = /^\/+r(?:\/|%2f|%5c)/i
const PLAIN_LINK = /^\/r\/[a-z0-9-]+$/

/** Routes mistyped participant links to the right page. */
export const reroute: Reroute = async ({ url: { pathname } }) => {
  if (!LINK.test(pathname) || PLAIN_LINK.test(pathname)) return
  // Rarely needed: kept out of Home's first load.
  return (await import('#lib/links/link-route.ts')).linkRoute(pathname)
}
