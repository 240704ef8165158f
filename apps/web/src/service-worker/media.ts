/** Survives updates; signing out deletes it (lib/pictures/store/forget-pictures.ts). */
const CACHE = 'foyer-media'
/** A full picture has up to 4 MB, a thumbnail up to 256 KB. */
const MAX_ENTRIES = { pictures: 60, thumbnails: 600 }
const PICTURE_TYPES = ['image/webp', 'image/png', 'image/jpeg']
const PATH = /^\/media\/[0-9a-f]{64}(?:\/thumbnail)?$/

/** Whether a path is a picture's. Pictures are named by their hash and never change. */
export const isMediaPath = (path: string): boolean => PATH.test(path)

/** Serves pictures cache first, for offline use. Cache errors fall back to the network. */
export const media = async (event: FetchEvent, path: string): Promise<Response> => {
  const { cache, kept } = await find(path)
  if (kept !== undefined) return kept
  const response = await fetch(event.request)
  if (cache !== undefined && response.status === 200 && isCacheable(response)) {
    event.waitUntil(keep(cache, path, response.clone()))
  }
  return response
}

const find = async (path: string): Promise<{ cache?: Cache; kept?: Response | undefined }> => {
  try {
    const cache = await caches.open(CACHE)
    return { cache, kept: await cache.match(path) }
  } catch (error) {
    console.warn('the picture cache is unavailable', error) // storage is forbidden or damaged
    return {}
  }
}

/** Excludes full pictures served in place of a missing thumbnail. */
const isCacheable = ({ headers }: Response) =>
  PICTURE_TYPES.includes(headers.get('content-type') ?? '') &&
  headers.get('cache-control')?.includes('immutable') === true

const keep = async (cache: Cache, path: string, response: Response) => {
  try {
    await cache.put(path, response)
    const oldest = await cache.keys() // oldest first
    const thumbnails = oldest.filter(isThumbnail)
    const pictures = oldest.filter(request => !isThumbnail(request))
    const tooMany = [
      ...thumbnails.slice(0, -MAX_ENTRIES.thumbnails),
      ...pictures.slice(0, -MAX_ENTRIES.pictures)
    ]
    await Promise.all(tooMany.map(request => cache.delete(request)))
  } catch (error) {
    console.warn('a picture could not be cached', error) // full disk: the picture is still shown
  }
}

const isThumbnail = ({ url }: Request) => url.endsWith('/thumbnail')
