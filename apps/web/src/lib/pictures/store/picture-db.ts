import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb'
import type { SmallPicture } from '#lib/pictures/make/shrink-picture.ts'

/** A picture created on this device. */
export interface StoredPicture extends SmallPicture {
  workspaceId: string
  /** ms since 1970 when it was first found unused; null while used. */
  unusedSince: number | null
  /** ms since 1970; null until the server has both sizes. */
  uploadedAt: number | null
  /** The error code that was reported to the person. */
  refused: string | null
}

/** Stored as bytes: WebKit stores no Blobs in private windows. Older versions stored Blobs. */
export type PictureRecord = Omit<StoredPicture, 'image' | 'thumbnail'> &
  Record<'image' | 'thumbnail', Blob | { bytes: ArrayBuffer; type: string }>

interface PictureSchema extends DBSchema {
  /** By SHA-256. */
  pictures: { key: string; value: PictureRecord; indexes: { workspaceId: string } }
}

export const PICTURE_DATABASE = 'foyer-pictures'

export type PictureDatabase = IDBPDatabase<PictureSchema>

/** A separate database: pictures are large and replaceable. @throws if it cannot be opened */
export const openPictureDatabase = async (
  callbacks: OpenDBCallbacks<PictureSchema> = {}
): Promise<PictureDatabase> =>
  openDB<PictureSchema>(PICTURE_DATABASE, 1, {
    ...callbacks,
    upgrade(database) {
      database.createObjectStore('pictures').createIndex('workspaceId', 'workspaceId')
    }
  })
