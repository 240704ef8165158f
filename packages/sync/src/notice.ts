import * as v from 'valibot'

/** What the server refused or reverted, and why. The app has the texts. */
export interface Notice {
  /** Stable. Apps have a general text for unknown codes. */
  code: string
  /** Where: the root map, the item's id and its field. */
  root?: string
  id?: string
  field?: string
  /** Parameters of the reason's text. `most`: the most that is allowed. */
  params?: { most?: number }
}

/** Far above any notice that a server sends. */
export const MOST_NOTICE_CHARACTERS = 1_024

const part = v.pipe(v.string(), v.maxLength(64))

const schema = v.strictObject({
  code: part,
  root: v.optional(part),
  id: v.optional(part),
  field: v.optional(part),
  params: v.optional(v.strictObject({ most: v.optional(v.pipe(v.number(), v.integer())) }))
})

/** Encodes a notice for the wire. */
export const writeNotice = ({ code, root, id, field, params }: Notice): string =>
  JSON.stringify({ code, root, id, field, params })

/** Decodes a notice. @returns null if it is invalid */
export const readNotice = (text: string): Notice | null => {
  if (text.length > MOST_NOTICE_CHARACTERS) return null
  try {
    const notice: unknown = JSON.parse(text)
    return v.is(schema, notice) ? (notice as Notice) : null
  } catch {
    return null
  }
}
