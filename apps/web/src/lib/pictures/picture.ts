import type { Cover } from '@foyer/doc'

/** An own picture as the document names it: SHA-256, and pixels. */
export type CustomPicture = Extract<Cover, { image: string }>

/** At most 480 pixels wide and high, or at most 1,600. */
export type PictureSize = 'tile' | 'full'

/** A picture that is on this device only. */
export interface UnsentPicture {
  sha256: string
  /** Some item shows it: it is to be sent. */
  isShown: boolean
  /** The code with which the server refused it; null while it waits to be sent. */
  refused: string | null
}

/** A picture's URL, for as long as it is not given back. */
export interface ShownUrl {
  url: string
  release: () => void
}
