import type { Cover } from '@foyer/doc'

/** A custom picture in the document: SHA-256 and size in pixels. */
export type CustomPicture = Extract<Cover, { image: string }>

/** At most 480 pixels wide and high, or at most 1,600. */
export type PictureSize = 'tile' | 'full'

/** A picture that is on this device only. */
export interface UnsentPicture {
  sha256: string
  /** Used by an item, so it will be uploaded. */
  isShown: boolean
  /** The server's error code; null while waiting to be uploaded. */
  refused: string | null
}

/** A picture's URL, valid until released. */
export interface ShownUrl {
  url: string
  release: () => void
}
