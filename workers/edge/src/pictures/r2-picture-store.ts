import type { PictureStore, StoredPicture } from './picture-store.ts'

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
