import type { Reroute } from '@sveltejs/kit/hooks'

/** In any case, with as many slashes as a person typed. */
const LINK = /^\/+r(?:\/|%2f|%5c)/i
const PLAIN_LINK = /^\/r\/[a-z0-9-]+$/

/** Which page an address leads to: a link that was mistyped leads where it was meant to. */
export const reroute: Reroute = async ({ url: { pathname } }) => {
  if (!LINK.test(pathname) || PLAIN_LINK.test(pathname)) return
  // Rarely needed, so no part of Home's first load.
  return (await import('#lib/links/link-route.ts')).linkRoute(pathname)
}
