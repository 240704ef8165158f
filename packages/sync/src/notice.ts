import * as v from 'valibot'

/** What the server refused or put back, and why. Words for it are the app's. */
export interface Notice {
  /** Stable; an app says something general of one that it does not know. */
  code: string
  /** Where in the document: a root map, an item of it, a field. */
  root?: string
  id?: string
  field?: string
  /** What the reason needs to be said: the most that is allowed. */
  params?: { most?: number }
}

/** Far above what a server says. */
export const MOST_NOTICE_CHARACTERS = 1_024

const part = v.pipe(v.string(), v.maxLength(64))

const schema = v.strictObject({
  code: part,
  root: v.optional(part),
  id: v.optional(part),
  field: v.optional(part),
  params: v.optional(v.strictObject({ most: v.optional(v.pipe(v.number(), v.integer())) }))
})

/** As it goes over the wire. */
export const writeNotice = ({ code, root, id, field, params }: Notice): string =>
  JSON.stringify({ code, root, id, field, params })

/** Reads what a server sent. @returns null where it is no notice */
export const readNotice = (text: string): Notice | null => {
  if (text.length > MOST_NOTICE_CHARACTERS) return null
  try {
    const notice: unknown = JSON.parse(text)
    return v.is(schema, notice) ? (notice as Notice) : null
  } catch {
    return null
  }
}
