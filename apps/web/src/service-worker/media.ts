/** Apart from the app's own caches: a new version keeps it. Signing out deletes it (lib/pictures/forget-pictures.ts). */
const CACHE = 'foyer-media'
const MOST_ENTRIES = 500
const PICTURE_TYPES = ['image/webp', 'image/png', 'image/jpeg']
const PATH = /^\/media\/[0-9a-f]{64}(?:\/thumbnail)?$/

/** Is it a picture's address? What is there never changes: it is named by its content. */
export const isMediaPath = (path: string): boolean => PATH.test(path)

/** A picture, once seen, is there without a network too. */
export const media = async (event: FetchEvent, path: string): Promise<Response> => {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(path)
  if (kept !== undefined) return kept
  const response = await fetch(event.request)
  if (response.status === 200 && isKeepable(response)) {
    event.waitUntil(keep(cache, path, response.clone()))
  }
  return response
}

/** A whole picture that stands in for a thumbnail which has yet to come is not there for ever. */
const isKeepable = ({ headers }: Response) =>
  PICTURE_TYPES.includes(headers.get('content-type') ?? '') &&
  headers.get('cache-control')?.includes('immutable') === true

const keep = async (cache: Cache, path: string, response: Response) => {
  try {
    await cache.put(path, response)
    const [...oldest] = await cache.keys() // in the order of their coming
    await Promise.all(oldest.slice(0, -MOST_ENTRIES).map(request => cache.delete(request)))
  } catch (error) {
    console.warn('a picture could not be kept', error) // a full disk: it is shown all the same
  }
}
