/** How long things are kept and how large they may be: read by the app, the server and the texts on the screen. */

const DAY_MS = 86_400_000
const MIB = 1024 * 1024

/** How many days an item lies in "Recently deleted" before the server removes it for good. */
export const KEPT_DAYS = 30
export const KEPT_MS = KEPT_DAYS * DAY_MS

/** How long a picture that no item names stays, ms: what was taken off can be put on again meanwhile. */
export const UNUSED_PICTURE_KEPT_MS = 30 * DAY_MS

/** Texts and lengths in the document. Characters are code points. */
export const LIMITS = {
  nameCharacters: 120,
  descriptionCharacters: 2000,
  messageCharacters: 500,
  scheduleMinutes: 24 * 60
} as const

/** Megabytes (2²⁰ bytes) of a file that a person chooses as a picture. */
export const CHOSEN_PICTURE_MEGABYTES = 10

/** Pictures as they are chosen, kept and sent. */
export const PICTURE_LIMITS = {
  chosenBytes: CHOSEN_PICTURE_MEGABYTES * MIB,
  bytes: 4 * MIB,
  thumbnailBytes: 256 * 1024,
  /** The longer side, in pixels. */
  side: 10_000,
  thumbnailSide: 480,
  /** Of all frames together. Decoded, a pixel takes four bytes, however small the file is. */
  pixels: 40_000_000
} as const

/** Pictures of one workspace on the server, thumbnails too. */
export const PICTURE_QUOTA = { bytes: 200 * MIB, pictures: 5_000 } as const

/** Characters of an account's password. */
export const PASSWORD_CHARACTERS = { least: 8, most: 128 } as const

/** Characters of an item's id: a nanoid has 21, an import may bring others. */
export const ID_CHARACTERS = { least: 10, most: 40 } as const

/** How many workspaces one person can own. */
export const MOST_OWNED_WORKSPACES = 50
