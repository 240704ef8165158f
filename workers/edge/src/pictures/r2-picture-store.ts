import type { PictureStore, StoredPicture } from './picture-store.ts'

/** What R2 deletes in one call. */
const MAX_AT_ONCE = 1_000

/** Pictures in an R2 bucket. */
export const createR2PictureStore = (bucket: R2Bucket): PictureStore => ({
  async put(name, bytes, type) {
    const kept: R2Object | null = await bucket.put(name, bytes, {
      httpMetadata: { contentType: type },
      onlyIf: { etagDoesNotMatch: '*' }
    })
    return kept !== null
  },
  async get(name) {
    const found = await bucket.get(name)
    return found && storedPicture(found, found.body)
  },
  async remove(names) {
    for (let at = 0; at < names.length; at += MAX_AT_ONCE) {
      await bucket.delete(names.slice(at, at + MAX_AT_ONCE))
    }
  },
  async head(name) {
    const found = await bucket.head(name)
    return found && storedPicture(found, null)
  }
})

const storedPicture = ({ size, httpMetadata }: R2Object, body: ReadableStream | null): StoredPicture => ({
  bytes: size,
  type: httpMetadata?.contentType ?? 'application/octet-stream',
  body
})
