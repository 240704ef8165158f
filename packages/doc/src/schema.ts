/** Schemas of the document's values (docs/design.md#document). `fields.ts` has their fields. */
import * as v from 'valibot'
import { LIMITS, PICTURE_LIMITS } from './policy.ts'
import { code } from './refusals.ts'

/** The public part of a participant link: a name, and ten characters of base32. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*-[a-z2-7]{10}$/
export const SLUG_CHARACTERS = 80

/** Anyone with the link, guests admitted by a host, members only. */
export const ACCESS_LEVELS = ['open', 'ask', 'team'] as const

/** Characters are code points: a composed emoji counts as several. */
const text = (label: 'name' | 'description' | 'message', most: number) =>
  v.pipe(
    v.string(code(`${label}-not-a-text`)),
    v.maxCodePoints(most, code(`${label}-too-long`)),
    // A lone surrogate does not survive the wire: other replicas would read another text.
    v.check(value => value.isWellFormed(), code(`${label}-broken`))
  )

/** A visible character: not zero-width, a filler or the blank Braille pattern. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u
/** Includes line and paragraph separators: a name is one line. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u

export const name = v.pipe(
  text('name', LIMITS.nameCharacters),
  v.check(value => VISIBLE.test(value), code('name-empty')),
  v.check(value => value.trim() === value, code('name-padded')),
  v.check(value => !CONTROL.test(value), code('name-control-character'))
)

/** The name of a person or a workspace, as typed. */
export const typedName = v.pipe(v.string(), v.trim(), name)

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PICTURE_LIMITS.side))
const colour = v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/))

/** Out of reach (see `boundEpoch`), and far below the largest safe integer. */
export const MAX_EPOCH = 2 ** 48

export const links = v.strictObject({
  slug: v.pipe(v.string(), v.maxLength(SLUG_CHARACTERS), v.regex(SLUG)),
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_EPOCH))
})

export const cover = v.union([
  v.strictObject({ preset: v.pipe(v.string(), v.maxLength(32), v.regex(/^[a-z0-9-]+$/)) }),
  v.strictObject({ image: sha256, width: side, height: side })
])

const message = text('message', LIMITS.messageCharacters)

export const look = v.strictObject({
  accent: colour,
  logo: v.optional(sha256),
  welcome: v.optional(message)
})

export const lobby = v.strictObject({
  layout: v.picklist(['centered', 'side']),
  cover: v.optional(cover),
  message: v.optional(message),
  accent: v.optional(colour),
  logo: v.optional(sha256)
})

/**
 * What readers accept: time zone lists and rules change over time (see `readInstant`).
 * `strict-schema.ts` has what may be written.
 */
export const schedule = v.strictObject({
  startsAt: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, code('start-missing'))),
  timeZone: v.pipe(v.string(), v.maxLength(64)),
  minutes: v.pipe(
    v.number(code('length-not-a-number')),
    v.integer(code('length-not-whole')),
    v.minValue(1, code('length-too-short')),
    v.maxValue(LIMITS.scheduleMinutes, code('length-too-long'))
  )
})

export const access = v.picklist(ACCESS_LEVELS)
export const description = text('description', LIMITS.descriptionCharacters)

export type Access = v.InferOutput<typeof access>
export type Links = v.InferOutput<typeof links>
export type Cover = v.InferOutput<typeof cover>
export type Look = v.InferOutput<typeof look>
export type Lobby = v.InferOutput<typeof lobby>
export type Schedule = v.InferOutput<typeof schedule>
