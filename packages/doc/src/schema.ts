import * as v from 'valibot'
import { predicateOf, type Predicate } from './predicate.ts'
import { refusal, textRefusals } from './refusals.ts'

/** The public part of a participant link: a name, and ten characters of base32. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*-[a-z2-7]{10}$/
export const SLUG_CHARACTERS = 80

export const ITEM_KINDS = ['room', 'webinar'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** Names one item of a workspace. */
export interface ItemRef {
  kind: ItemKind
  id: string
}

/** Anyone with the link · a host lets each guest in · members only. */
export const ACCESS_LEVELS = ['open', 'ask', 'team'] as const

export const LIMITS = {
  nameCharacters: 120,
  descriptionCharacters: 2000,
  messageCharacters: 500,
  scheduleMinutes: 24 * 60
} as const

/** Largest time a JavaScript Date can hold, ms since 1970. */
export const MAX_TIME = 8.64e15
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_TIME))

/** Characters are code points: an emoji made of several counts as several. */
const hasAtMost = (text: string, most: number) => text.length <= most || Array.from(text).length <= most

const text = (label: Parameters<typeof textRefusals>[0], most: number) => {
  const { notAText, tooLong, broken } = textRefusals(label, most)
  return v.pipe(
    v.string(notAText),
    v.check(value => hasAtMost(value, most), tooLong),
    // Half a surrogate pair does not survive the wire: other replicas would read another text.
    v.check(value => value.isWellFormed(), broken)
  )
}

/** Something to see: zero-width characters, fillers and the blank Braille pattern alone are no name. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u
/** Line and paragraph separators too: a name is one line. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u

const name = v.pipe(
  text('name', LIMITS.nameCharacters),
  v.check(value => VISIBLE.test(value), refusal('name-empty', 'The name is empty.')),
  v.check(value => value.trim() === value, refusal('name-padded', 'The name begins or ends with a blank.')),
  v.check(
    value => !CONTROL.test(value),
    refusal('name-control-character', 'The name holds a control character.')
  )
)

/** A name as somebody typed it: of a person, of a workspace. */
export const typedName = v.pipe(v.string(), v.trim(), name)

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))
const colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/))

/** Out of reach (see `boundEpoch`), and far below where a number plus one is the same number. */
export const MAX_EPOCH = 2 ** 48

const links = v.strictObject({
  slug: v.pipe(v.string(), v.maxLength(SLUG_CHARACTERS), v.regex(SLUG)),
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_EPOCH))
})

const cover = v.union([
  v.strictObject({ preset: v.pipe(v.string(), v.maxLength(32), v.regex(/^[a-z0-9-]+$/)) }),
  v.strictObject({ image: sha256, width: side, height: side })
])

const message = text('message', LIMITS.messageCharacters)

const look = v.strictObject({
  accent: colour,
  logo: v.optional(sha256),
  welcome: v.optional(message)
})

const lobby = v.strictObject({
  layout: v.picklist(['centered', 'side']),
  cover: v.optional(cover),
  message: v.optional(message),
  accent: v.optional(colour),
  logo: v.optional(sha256)
})

/** As readers take it: lists and rules of time zones differ in time (see `readInstant`). `strict-schema.ts` says what may be written. */
const schedule = v.strictObject({
  startsAt: v.pipe(
    v.string(),
    v.regex(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/,
      refusal('start-missing', 'The start is not a date and a time.')
    )
  ),
  timeZone: v.pipe(v.string(), v.maxLength(64)),
  minutes: v.pipe(
    v.number(refusal('length-not-a-number', 'The length is not a number of minutes.')),
    v.integer(refusal('length-not-whole', 'The length is not a whole number of minutes.')),
    v.minValue(1, refusal('length-too-short', 'The length is less than a minute.')),
    v.maxValue(
      LIMITS.scheduleMinutes,
      refusal('length-too-long', 'The length is more than 24 hours.', { most: LIMITS.scheduleMinutes })
    )
  )
})

const shared = {
  created: time,
  links,
  name,
  access: v.picklist(ACCESS_LEVELS),
  cover,
  look,
  lobby,
  deletedAt: v.nullable(time)
}

/** The one description of what each field of each kind of item holds (docs/design.md#document). */
export const FIELDS = {
  room: shared,
  webinar: {
    ...shared,
    schedule,
    description: text('description', LIMITS.descriptionCharacters)
  }
} as const satisfies Record<ItemKind, Record<string, v.GenericSchema>>

export type FieldName = keyof (typeof FIELDS)['webinar']

export type Access = v.InferOutput<typeof shared.access>
export type Links = v.InferOutput<typeof links>
export type Cover = v.InferOutput<typeof cover>
export type Look = v.InferOutput<typeof look>
export type Lobby = v.InferOutput<typeof lobby>
export type Schedule = v.InferOutput<typeof schedule>

/** The values a field can hold, by field name. */
export type FieldValues = {
  [F in FieldName]: v.InferOutput<(typeof FIELDS)['webinar'][F]>
}

/** How a value stands in the document: with the time of its edit, ms since 1970. */
export type Entry<T = unknown> = [value: T, editedAt: number]

/** The root `workspace` map, entries like everywhere. */
export const WORKSPACE_FIELDS = {
  schemaVersion: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name
} as const

/** `FIELDS` as functions, for the reads: a list of rooms asks for each field of each room. */
const FITS = Object.fromEntries(
  ITEM_KINDS.map(kind => [
    kind,
    new Map(Object.entries(FIELDS[kind]).map(([field, schema]) => [field, predicateOf(schema)]))
  ])
) as Record<ItemKind, Map<string, Predicate>>
const isTime = predicateOf(time)

export const hasField = (kind: ItemKind, field: string): field is FieldName => FITS[kind].has(field)

/** The value of a field as it stands in a document, or undefined where it is missing or not valid. */
export const readField = <F extends FieldName>(
  kind: ItemKind,
  field: F,
  raw: unknown
): FieldValues[F] | undefined => {
  const value = parseEntry(raw)?.[0]
  return FITS[kind].get(field)?.(value) === true ? (value as FieldValues[F]) : undefined
}

export const parseEntry = (raw: unknown): Entry | undefined =>
  Array.isArray(raw) && raw.length === 2 && isPlain(raw[0]) && isTime(raw[1]) ? (raw as Entry) : undefined

/** Deeper than any field's value; who reads or compares a value goes down into it. */
const MAX_DEPTH = 8

/**
 * Made of what JSON holds, but for lists: a Yjs document may hold much else (a bigint, bytes) that no JSON and
 * no database takes. A decoded object can have a prototype of its own (a key `__proto__` in an update is
 * enough): it reads as if it had fields, and is stored as `{}`. What is undefined in an object counts as left out.
 */
const isPlain = (value: unknown, depth = 0): boolean => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'undefined':
      return depth > 0
    case 'object':
      if (value === null) return true
      return (
        depth < MAX_DEPTH &&
        Object.getPrototypeOf(value) === Object.prototype &&
        Object.values(value).every(part => isPlain(part, depth + 1))
      )
    default:
      return false
  }
}

/** Do two values of a document say the same? What is no entry is the same as nothing but itself. */
export const isSameEntry = (a: unknown, b: unknown): boolean =>
  a === b || (parseEntry(a) !== undefined && parseEntry(b) !== undefined && isSameValue(a, b))

/** Do two values of entries say the same? */
export const isSameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A value as it is written: the wire takes no `undefined`, which means in an object that a part is left out. */
export const withoutUndefined = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(parts.map(([key, part]) => [key, withoutUndefined(part as unknown)])) as T
}
