import { version } from '$app/env'
import { assets, immutable } from '$app/manifest'
import { self } from '$app/service-worker'
import { isMediaPath, media } from './media.ts'
import { isPagePath, isServerPath } from './paths.ts'

/**
 * Keeps the whole app on the device, so that a second open needs no network. A version is
 * answered from its own cache alone; the one before is kept too, for pages of it that are still open.
 */
const PREFIX = 'foyer-app-'
const CACHE = PREFIX + version
const SHELL = '/'
/** In the cache of a version that has been in charge of pages. */
const RAN = '/_ran'

const files = [...immutable, ...assets].map(({ path }) => new URL(path, self.location.origin).pathname)
const appFiles = new Set(files.filter(path => !path.endsWith('/_headers')))

self.addEventListener('install', event => {
  event.waitUntil(precache())
})

self.addEventListener('activate', event => {
  event.waitUntil(takeOver())
})

// Only a person's word lets a new version in under open pages.
self.addEventListener('message', event => {
  if (event.data === 'take-over') void self.skipWaiting()
})

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (isMediaPath(url.pathname)) {
    event.respondWith(media(event, url.pathname))
    return
  }
  if (isServerPath(url.pathname)) return
  if (request.mode !== 'navigate' || appFiles.has(url.pathname)) event.respondWith(file(request))
  // Opened by itself, what is neither a file of the app nor a page is the server's to answer.
  else if (isPagePath(url.pathname)) event.respondWith(shell(request))
})

/**
 * All or nothing. While a new version is being put online the server may answer with files of the other
 * one, or with the page itself for a file that it does not have: then this version is not installed, and
 * the browser tries again later.
 */
const precache = async () => {
  const cache = await caches.open(CACHE)
  const keep = async (path: string) => {
    const response = await fetch(path, { cache: 'no-cache' })
    const isPage = response.headers.get('content-type')?.includes('text/html') === true
    if (!response.ok || isPage !== (path === SHELL)) throw new Error(`not what was expected: ${path}`)
    if (isPage && !(await response.clone().text()).includes(version))
      throw new Error('a page of another version')
    await cache.put(path, response)
  }
  await Promise.all([SHELL, ...appFiles].map(keep))
}

const shell = async (request: Request): Promise<Response> => (await ownFile(SHELL)) ?? fetch(request)

/** Another version's file only where its own has none: what has no hash in its name is not the same in all. */
const file = async (request: Request): Promise<Response> =>
  (await ownFile(request)) ?? (await caches.match(request, { ignoreSearch: true })) ?? fetch(request)

let ownCache: Promise<Cache> | undefined
const ownFile = async (request: Request | string): Promise<Response | undefined> => {
  ownCache ??= caches.open(CACHE)
  return (await ownCache).match(request, { ignoreSearch: true })
}

const takeOver = async () => {
  const older = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CACHE)
  // A version that was replaced while it waited has no pages: the one before it still has.
  const ran = await Promise.all(older.map(async name => (await caches.open(name)).match(RAN)))
  const before = older.findLast((_, at) => ran[at] !== undefined) ?? older.at(-1)
  await Promise.all(older.filter(name => name !== before).map(name => caches.delete(name)))
  await (await caches.open(CACHE)).put(RAN, new Response())
  // The very first version: the page that brought it works offline from now on, without a reload.
  if (older.length === 0) await self.clients.claim()
}
