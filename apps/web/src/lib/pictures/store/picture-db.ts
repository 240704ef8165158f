import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb'
import type { SmallPicture } from '#lib/pictures/make/shrink-picture.ts'

/** A picture that was made on this device. */
export interface StoredPicture extends SmallPicture {
  workspaceId: string
  /** ms since 1970: nothing has shown it since then, as far as anybody looked; null while something does. */
  unusedSince: number | null
  /** ms since 1970; null while the server does not have both sizes. */
  uploadedAt: number | null
  /** The code of the refusal that the person was told of. */
  refused: string | null
}

/**
 * As it lies in the database: by its bytes, because WebKit takes no Blob in a private window. Apps before did store
 * Blobs.
 */
export type PictureRecord = Omit<StoredPicture, 'image' | 'thumbnail'> &
  Record<'image' | 'thumbnail', Blob | { bytes: ArrayBuffer; type: string }>

interface PictureSchema extends DBSchema {
  /** By SHA-256. */
  pictures: { key: string; value: PictureRecord; indexes: { workspaceId: string } }
}

export const PICTURE_DATABASE = 'foyer-pictures'

export type PictureDatabase = IDBPDatabase<PictureSchema>

/** Rejects where IndexedDB cannot be opened. Apart from all else: pictures are large, and can be had again. */
export const openPictureDatabase = async (
  callbacks: OpenDBCallbacks<PictureSchema> = {}
): Promise<PictureDatabase> =>
  openDB<PictureSchema>(PICTURE_DATABASE, 1, {
    ...callbacks,
    upgrade(database) {
      database.createObjectStore('pictures').createIndex('workspaceId', 'workspaceId')
    }
  })
