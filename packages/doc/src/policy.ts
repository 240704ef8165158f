/** Retention times and size limits, for the app, the server and the texts on the screen. */

const DAY_MS = 86_400_000
const MIB = 1024 * 1024

/** Days an item stays in "Recently deleted" before the server removes it for good. */
export const KEPT_DAYS = 30
export const KEPT_MS = KEPT_DAYS * DAY_MS

/** How long an unused picture is kept, ms, so that it can be put back. */
export const UNUSED_PICTURE_KEPT_MS = 30 * DAY_MS

/** Limits of texts and durations in the document. Characters are code points. */
export const LIMITS = {
  nameCharacters: 120,
  descriptionCharacters: 2000,
  messageCharacters: 500,
  scheduleMinutes: 24 * 60
} as const

/** Largest file a person can choose as a picture, in megabytes (2²⁰ bytes). */
export const CHOSEN_PICTURE_MEGABYTES = 10

/** Limits of pictures as chosen, stored and sent. */
export const PICTURE_LIMITS = {
  chosenBytes: CHOSEN_PICTURE_MEGABYTES * MIB,
  bytes: 4 * MIB,
  thumbnailBytes: 256 * 1024,
  /** The longer side, in pixels. */
  side: 10_000,
  thumbnailSide: 480,
  /** All frames together. A decoded pixel takes four bytes, however small the file is. */
  pixels: 40_000_000
} as const

/** Pictures of one workspace on the server, thumbnails included. */
export const PICTURE_QUOTA = { bytes: 200 * MIB, pictures: 5_000 } as const

/** Length of an account's password. */
export const PASSWORD_CHARACTERS = { least: 8, most: 128 } as const

/** Length of an item's id: a nanoid has 21, imports may bring others. */
export const ID_CHARACTERS = { least: 10, most: 40 } as const

/** Most workspaces one person can own. */
export const MOST_OWNED_WORKSPACES = 50
