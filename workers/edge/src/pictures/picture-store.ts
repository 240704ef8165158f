import type { KeptPictureType } from '@foyer/doc/picture-header'

/** A picture as it is kept. */
export interface StoredPicture {
  bytes: number
  type: string
  /** Null where it was not asked for. */
  body: ReadableStream | null
}

/** Where pictures' bytes are kept, by name. */
export interface PictureStore {
  /** What is there under the name stays. @returns whether this was kept */
  put(name: string, bytes: Uint8Array, type: KeptPictureType): Promise<boolean>
  /** Null where there is none. */
  get(name: string): Promise<StoredPicture | null>
  /** Those that are there. */
  remove(names: string[]): Promise<void>
  /** Like `get`, without the body. */
  head(name: string): Promise<StoredPicture | null>
}

/** Named by content: who uploads the same picture, from whichever workspace, finds it there. */
export const pictureName = (sha256: string): string => sha256

/** Not named by its own content: whoever knows the picture can ask for its thumbnail. */
export const thumbnailName = (sha256: string): string => `${sha256}/thumbnail`
