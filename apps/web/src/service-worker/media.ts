/** Apart from the app's own caches: a new version keeps it. Signing out deletes it (lib/pictures/store/forget-pictures.ts). */
const CACHE = 'foyer-media'
/** By what they take: a whole picture has up to 4 MB, a thumbnail up to 256 KB. */
const MOST = { pictures: 60, thumbnails: 600 }
const PICTURE_TYPES = ['image/webp', 'image/png', 'image/jpeg']
const PATH = /^\/media\/[0-9a-f]{64}(?:\/thumbnail)?$/

/** Is it a picture's address? What is there never changes: it is named by its content. */
export const isMediaPath = (path: string): boolean => PATH.test(path)

/** A picture, once seen, is there without a network too. A cache that cannot be used stops nobody from seeing it. */
export const media = async (event: FetchEvent, path: string): Promise<Response> => {
  const { cache, kept } = await find(path)
  if (kept !== undefined) return kept
  const response = await fetch(event.request)
  if (cache !== undefined && response.status === 200 && isKeepable(response)) {
    event.waitUntil(keep(cache, path, response.clone()))
  }
  return response
}

const find = async (path: string): Promise<{ cache?: Cache; kept?: Response | undefined }> => {
  try {
    const cache = await caches.open(CACHE)
    return { cache, kept: await cache.match(path) }
  } catch (error) {
    console.warn('pictures cannot be kept', error) // storage is forbidden, or damaged
    return {}
  }
}

/** A whole picture that stands in for a thumbnail which has yet to come is not there for ever. */
const isKeepable = ({ headers }: Response) =>
  PICTURE_TYPES.includes(headers.get('content-type') ?? '') &&
  headers.get('cache-control')?.includes('immutable') === true

const keep = async (cache: Cache, path: string, response: Response) => {
  try {
    await cache.put(path, response)
    const oldest = await cache.keys() // in the order of their coming
    const thumbnails = oldest.filter(isThumbnail)
    const pictures = oldest.filter(request => !isThumbnail(request))
    const tooMany = [...thumbnails.slice(0, -MOST.thumbnails), ...pictures.slice(0, -MOST.pictures)]
    await Promise.all(tooMany.map(request => cache.delete(request)))
  } catch (error) {
    console.warn('a picture could not be kept', error) // a full disk: it is shown all the same
  }
}

const isThumbnail = ({ url }: Request) => url.endsWith('/thumbnail')
