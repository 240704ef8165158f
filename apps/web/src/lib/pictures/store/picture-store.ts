import { UNUSED_PICTURE_KEPT_MS } from '@foyer/doc/policy'
import { createConnection } from '#lib/device/connection.ts'
import { withTimeout } from '#lib/device/with-timeout.ts'
import { PictureError } from '#lib/pictures/make/picture-error.ts'
import { openPictureDatabase } from './picture-db.ts'
import type { PictureDatabase, PictureRecord, StoredPicture } from './picture-db.ts'

export type NamedPicture = StoredPicture & { sha256: string }

/** The pictures created on this device, by SHA-256. */
export interface PictureStore {
  /** Also undefined if storage cannot be read: the server may have the picture. */
  get(sha256: string): Promise<StoredPicture | undefined>
  /** Keeps the upload state of a known picture. @throws {PictureError} not-stored */
  put(sha256: string, picture: Omit<StoredPicture, 'uploadedAt' | 'refused'>): Promise<void>
  /** Pictures not uploaded yet. */
  unsent(workspaceId: string): Promise<NamedPicture[]>
  note(sha256: string, news: Partial<Pick<StoredPicture, 'uploadedAt' | 'refused'>>): Promise<void>
  /** Deletes pictures unused for `UNUSED_PICTURE_KEPT_MS`. @param now ms since 1970 */
  sweep(workspaceId: string, isShown: (sha256: string) => boolean, now: number): Promise<void>
  /** Moves pictures to another workspace, as unsent. @returns whether all were moved */
  move(from: string, to: string): Promise<boolean>
}

export const createPictureStore = (): PictureStore => {
  const connection = createConnection(openPictureDatabase)
  const use = <T>(work: (database: PictureDatabase) => Promise<T>): Promise<T> =>
    withTimeout(connection.use(work).catch(() => connection.use(work)))
  const orElse = async <T>(work: (database: PictureDatabase) => Promise<T>, instead: T): Promise<T> => {
    try {
      return await use(work)
    } catch (error) {
      console.warn('the pictures on this device could not be reached', error)
      return instead
    }
  }

  return {
    get: sha256 =>
      orElse(async database => {
        const record = await database.get('pictures', sha256)
        return record && fromRecord(record)
      }, undefined),

    async put(sha256, picture) {
      try {
        // Before the transaction, which would close while waiting.
        const [image, thumbnail] = await Promise.all([toStored(picture.image), toStored(picture.thumbnail)])
        await use(async database => {
          const { store, done } = database.transaction('pictures', 'readwrite')
          const before = await store.get(sha256)
          const isSame = before?.workspaceId === picture.workspaceId
          const { uploadedAt, refused } = isSame ? before : { uploadedAt: null, refused: null }
          await store.put({ ...picture, image, thumbnail, uploadedAt, refused }, sha256)
          await done
        })
      } catch (error) {
        throw new PictureError('not-stored', { cause: error })
      }
    },

    unsent: workspaceId =>
      orElse(async database => {
        const { store } = database.transaction('pictures')
        const index = store.index('workspaceId')
        const [names, pictures] = await Promise.all([
          index.getAllKeys(workspaceId),
          index.getAll(workspaceId)
        ])
        return pictures
          .map((record, at) => ({ ...fromRecord(record), sha256: names[at] ?? '' }))
          .filter(picture => picture.uploadedAt === null)
      }, []),

    note: (sha256, news) =>
      orElse(async database => {
        const { store, done } = database.transaction('pictures', 'readwrite')
        const before = await store.get(sha256)
        if (before !== undefined) await store.put({ ...before, ...news }, sha256)
        await done
      }, undefined),

    sweep: (workspaceId, isShown, now) =>
      orElse(async database => {
        const { store, done } = database.transaction('pictures', 'readwrite')
        for await (const cursor of store.index('workspaceId').iterate(workspaceId)) {
          const before = cursor.value
          const since = isShown(cursor.primaryKey) ? null : (before.unusedSince ?? now)
          if (since !== null && since < now - UNUSED_PICTURE_KEPT_MS) await cursor.delete()
          else if (since !== before.unusedSince) await cursor.update({ ...before, unusedSince: since })
        }
        await done
      }, undefined),

    move: (from, to) =>
      orElse(async database => {
        const { store, done } = database.transaction('pictures', 'readwrite')
        for await (const cursor of store.index('workspaceId').iterate(from)) {
          await cursor.update({ ...cursor.value, workspaceId: to, uploadedAt: null, refused: null })
        }
        await done
        return true
      }, false)
  }
}

const toStored = async (blob: Blob) => ({ bytes: await blob.arrayBuffer(), type: blob.type })

const toBlob = (stored: PictureRecord['image']): Blob =>
  stored instanceof Blob ? stored : new Blob([stored.bytes], { type: stored.type })

const fromRecord = (record: PictureRecord): StoredPicture => ({
  ...record,
  image: toBlob(record.image),
  thumbnail: toBlob(record.thumbnail)
})
