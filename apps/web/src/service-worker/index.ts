import { version } from '$app/env'
import { assets, immutable } from '$app/manifest'
import { self } from '$app/service-worker'
import { isMediaPath, media } from './media.ts'

/**
 * Keeps the whole app on the device, so that a second open needs no network (DESIGN §7). A version is
 * answered from its own cache alone; the one before is kept too, for pages of it that are still open.
 */
const PREFIX = 'foyer-app-'
const CACHE = PREFIX + version
const SHELL = '/'

const files = [...immutable, ...assets].map(({ path }) => new URL(path, self.location.origin).pathname)
const appFiles = files.filter(path => !path.endsWith('/_headers'))

/** Answered by the Worker, always. */
const isServerPath = (path: string) => /^\/(api|sync|media)(\/|$)/.test(path)

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
  event.respondWith(request.mode === 'navigate' ? shell(request) : file(request))
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

/** Opened once: a page asks for a dozen files in the same moment. */
let opening: Promise<Cache> | undefined
const ownCache = () => (opening ??= caches.open(CACHE))

const shell = async (request: Request): Promise<Response> =>
  (await (await ownCache()).match(SHELL)) ?? fetch(request)

/** The app's own files first: looking into every cache takes longer with each there is. */
const file = async (request: Request): Promise<Response> =>
  (await (await ownCache()).match(request, { ignoreSearch: true })) ??
  (await caches.match(request, { ignoreSearch: true })) ??
  fetch(request)

const takeOver = async () => {
  const older = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(older.slice(0, -1).map(name => caches.delete(name)))
  // The very first version: the page that brought it works offline from now on, without a reload.
  if (older.length === 0) await self.clients.claim()
}
