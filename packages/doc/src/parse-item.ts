import * as v from 'valibot'
import { MAX_TIME, type Entry } from './entry.ts'
import { fieldsInFile, picturesOf } from './export-items.ts'
import { fieldOf, type FieldName, type FieldValues } from './fields.ts'
import { checkEntry } from './guard.ts'
import { mendSchedule, type MendedSchedule } from './mend-schedule.ts'
import { fieldKey, ROOT_OF } from './keys.ts'
import { isGone } from './read.ts'
import type { ItemKind } from './item-kinds.ts'
import { fieldSchema } from './strict-schema.ts'

type Entries = { [F in FieldName]?: Entry<FieldValues[F]> }

/** An item read from an exported file. */
export interface ImportedItem {
  kind: ItemKind
  id: string
  entries: Entries
  /** ms since 1970; null if never used. */
  lastUsedAt: number | null
  /** SHA-256 of each picture it shows. */
  pictures: string[]
  /** Set if its schedule cannot be written exactly as in the file. */
  mended?: MendedSchedule
  /** Its id and slug here, if the file is from another workspace. */
  elsewhere?: { id: string; slug: string }
}

/** What a file should hold instead of an invalid value: a field's value or a part of one. */
export type Expected =
  | Exclude<FieldName, 'created'>
  | 'colour'
  | 'edited'
  | 'epoch'
  | 'id'
  | 'item'
  | 'layout'
  | 'message'
  | 'minutes'
  | 'nothing'
  | 'picture'
  | 'slug'
  | 'startsAt'
  | 'time'
  | 'timeZone'

/** An invalid value in a file. */
export interface Fault {
  /** Path within the item: `schedule.timeZone`; empty for the item itself. */
  path: string
  expected: Expected
  /** undefined if missing. */
  found: unknown
}

const expectedIn = (field: FieldName): Expected => fieldOf(field).expected ?? (field as Expected)

const OF_PART: Partial<Record<string, Expected>> = {
  slug: 'slug',
  epoch: 'epoch',
  accent: 'colour',
  logo: 'picture',
  image: 'picture',
  cover: 'cover',
  welcome: 'message',
  message: 'message',
  layout: 'layout',
  startsAt: 'startsAt',
  timeZone: 'timeZone',
  minutes: 'minutes'
}
const ISO_TIME = /^(\d{4}|\+\d{6})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/

/**
 * Parses one item of a file strictly and reports everything wrong with it.
 * @param latest ms since 1970; later edit times in the file are clamped to it
 */
export const parseExportedItem = (
  kind: ItemKind,
  raw: unknown,
  latest: number
): { item: ImportedItem } | { faults: Fault[] } => {
  if (!isObject(raw)) return { faults: [{ path: '', expected: 'item', found: raw }] }
  const { id, lastUsedAt = null, edited = {} } = raw
  const faults = unknownFields(kind, raw)
  if (!isItemId(id)) faults.push({ path: 'id', expected: 'id', found: id })
  const used = lastUsedAt === null ? null : parseTime(lastUsedAt)
  if (used === undefined) faults.push({ path: 'lastUsedAt', expected: 'time', found: lastUsedAt })
  const editedAt = createEditedAt(edited, latest, faults)

  const entries: Record<string, Entry> = {}
  const values: Record<string, unknown> = {}
  let mended: MendedSchedule | undefined
  for (const [field, name] of fieldsInFile(kind)) {
    const { default: absent, isTime } = fieldOf(field)
    if (!Object.hasOwn(raw, name) && absent !== undefined) continue
    const found = raw[name]
    const value = isTime && found !== null ? parseTime(found) : found
    const check = (value: unknown) =>
      v.safeParse(fieldSchema(kind, field) ?? v.never(), value, { abortPipeEarly: true })
    let result = check(value)
    if (field === 'schedule' && !result.success) {
      mended = mendSchedule(found)
      if (mended !== undefined) result = check(mended.written)
    }
    if (field === 'deletedAt' && isGone({ deletedAt: value as number | null })) {
      // Exports leave out items deleted for good, so no valid file has one.
      faults.push({ path: name, expected: 'deletedAt', found })
    } else if (result.success) {
      // Creation and deletion times are clamped too.
      const isLate = isTime && typeof result.output === 'number' && result.output > latest
      values[field] = isLate ? latest : result.output
      entries[field] = [values[field], editedAt(name)]
    } else faults.push(...faultsOf(field, name, found, result.issues))
  }
  if (faults.length > 0 || !isItemId(id)) return { faults }
  const pictures = picturesOf(values)
  return { item: { kind, id, entries, lastUsedAt: used ?? null, pictures, ...(mended && { mended }) } }
}

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** Asks the guard whether it is a valid id. */
const isItemId = (id: unknown): id is string =>
  typeof id === 'string' && checkEntry(ROOT_OF.room, fieldKey(id, 'name'), undefined, ['-', 0]) === null

const parseTime = (found: unknown): number | undefined => {
  const at = typeof found === 'string' && ISO_TIME.test(found) ? Date.parse(found) : NaN
  return at >= 0 ? at : undefined
}

const unknownFields = (kind: ItemKind, raw: Record<string, unknown>): Fault[] => {
  const known = new Set(['id', 'lastUsedAt', 'edited', ...fieldsInFile(kind).map(([, name]) => name)])
  const unknown = Object.keys(raw).filter(name => !known.has(name))
  return unknown.map(name => ({ path: name, expected: 'nothing', found: raw[name] }))
}

/** A field without an edit time (a handwritten file) counts as edited when the file was made. */
const createEditedAt = (edited: unknown, latest: number, faults: Fault[]) => {
  if (!isObject(edited)) faults.push({ path: 'edited', expected: 'edited', found: edited })
  const times = isObject(edited) ? edited : {}
  for (const [name, at] of Object.entries(times)) {
    if (Number.isSafeInteger(at) && (at as number) >= 0 && (at as number) <= MAX_TIME) continue
    faults.push({ path: `edited.${name}`, expected: 'edited', found: at })
  }
  return (name: string): number =>
    Object.hasOwn(times, name) ? Math.min(times[name] as number, latest) : latest
}

const faultsOf = (
  field: FieldName,
  name: string,
  found: unknown,
  issues: readonly v.BaseIssue<unknown>[]
): Fault[] => {
  const whole: Fault = { path: name, expected: expectedIn(field), found }
  if (fieldOf(field).isTime) return [whole]
  return issues.map(({ path = [], expected, input }) => {
    const keys = path.map(({ key }) => String(key))
    if (keys.length === 0) return whole
    return {
      path: [name, ...keys].join('.'),
      expected: expected === 'never' ? 'nothing' : (OF_PART[keys.at(-1) ?? ''] ?? expectedIn(field)),
      found: input
    }
  })
}
