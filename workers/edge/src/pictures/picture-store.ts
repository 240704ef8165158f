import type { KeptPictureType } from '@foyer/doc/picture-header'

/** A stored picture. */
export interface StoredPicture {
  bytes: number
  type: string
  /** Null for `head`. */
  body: ReadableStream | null
}

/** Stores the bytes of pictures by name. */
export interface PictureStore {
  /** Keeps an existing picture. @returns whether this one was stored */
  put(name: string, bytes: Uint8Array, type: KeptPictureType): Promise<boolean>
  /** Null if missing. */
  get(name: string): Promise<StoredPicture | null>
  /** Ignores missing ones. */
  remove(names: string[]): Promise<void>
  /** Like `get`, without the body. */
  head(name: string): Promise<StoredPicture | null>
}

/** Content-addressed, so workspaces share equal pictures. */
export const pictureName = (sha256: string): string => sha256

/** Addressed by the picture's hash. */
export const thumbnailName = (sha256: string): string => `${sha256}/thumbnail`
