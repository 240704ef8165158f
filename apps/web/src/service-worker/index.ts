import { version } from '$app/env'
import { assets, immutable } from '$app/manifest'
import { self } from '$app/service-worker'
import { isMediaPath, media } from './media.ts'
import { isPagePath, isServerPath } from './paths.ts'

/**
 * Precaches the whole app for offline use. Each version is served from its own cache only.
 * The previous version's cache is kept for its open pages.
 */
const PREFIX = 'foyer-app-'
const CACHE = PREFIX + version
const SHELL = '/'
/** Marks the cache of a version that was activated. */
const ACTIVATED = '/_ran'

const files = [...immutable, ...assets].map(({ path }) => new URL(path, self.location.origin).pathname)
const appFiles = new Set(files.filter(path => !path.endsWith('/_headers')))

self.addEventListener('install', event => {
  event.waitUntil(precache())
})

self.addEventListener('activate', event => {
  event.waitUntil(takeOver())
})

// A new version takes over open pages only when the person asks for it.
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
  // Navigations to neither a page nor a file of the app go to the server.
  else if (isPagePath(url.pathname)) event.respondWith(shell(request))
})

/**
 * Precaches all files or none. During a deployment the server may answer with another version's
 * files or with the page instead of a file: installing fails then and the browser retries later.
 */
const precache = async () => {
  const cache = await caches.open(CACHE)
  const add = async (path: string) => {
    const response = await fetch(path, { cache: 'no-cache' })
    const isPage = response.headers.get('content-type')?.includes('text/html') === true
    if (!response.ok || isPage !== (path === SHELL)) throw new Error(`not what was expected: ${path}`)
    if (isPage && !(await response.clone().text()).includes(version))
      throw new Error('a page of another version')
    await cache.put(path, response)
  }
  await Promise.all([SHELL, ...appFiles].map(add))
}

const shell = async (request: Request): Promise<Response> => (await ownFile(SHELL)) ?? fetch(request)

/** Own files first: those without a hash in their name differ between versions. */
const file = async (request: Request): Promise<Response> =>
  (await ownFile(request)) ?? (await caches.match(request, { ignoreSearch: true })) ?? fetch(request)

let ownCache: Promise<Cache> | undefined
const ownFile = async (request: Request | string): Promise<Response | undefined> => {
  ownCache ??= caches.open(CACHE)
  return (await ownCache).match(request, { ignoreSearch: true })
}

const takeOver = async () => {
  const older = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CACHE)
  // A version that never activated has no pages; the last activated one may.
  const activated = await Promise.all(older.map(async name => (await caches.open(name)).match(ACTIVATED)))
  const before = older.findLast((_, at) => activated[at] !== undefined) ?? older.at(-1)
  await Promise.all(older.filter(name => name !== before).map(name => caches.delete(name)))
  await (await caches.open(CACHE)).put(ACTIVATED, new Response())
  // The first version controls its page at once, so that it works offline without a reload.
  if (older.length === 0) await self.clients.claim()
}
