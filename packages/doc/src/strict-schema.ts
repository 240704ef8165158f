import * as v from 'valibot'
import { code, InvalidValueError, reasonOf } from './refusals.ts'
import { fieldOf, hasField, type FieldName, type FieldValues } from './fields.ts'
import type { ItemKind } from './item-kinds.ts'
import { schedule as readable } from './schema.ts'
import { isTimeZone } from './zone-names.ts'
import { isWallTime } from './zoned-time.ts'

/** Not in `schema.ts`: the zone list is too large for the first load, and readers need none. */
const schedule = v.pipe(
  v.strictObject({
    ...readable.entries,
    timeZone: v.pipe(v.string(), v.check(isTimeZone, code('time-zone-unknown')))
  }),
  v.check(({ startsAt, timeZone }) => isWallTime(startsAt, timeZone), code('gap-in-time'))
)

/** Fields where writes are stricter than reads. */
const STRICT: Partial<Record<FieldName, v.GenericSchema>> = { schedule }

/** The schema for writes to a field, or undefined if the kind has no such field. */
export const fieldSchema = (kind: ItemKind, field: string): v.GenericSchema | undefined =>
  hasField(kind, field) ? (STRICT[field] ?? fieldOf(field).schema) : undefined

/** @throws {InvalidValueError} `value` is not allowed in `field` */
export const parseField = <F extends FieldName>(kind: ItemKind, field: F, value: unknown): FieldValues[F] => {
  const schema = fieldSchema(kind, field)
  if (schema === undefined) throw new InvalidValueError(field, { code: 'unknown-key' })
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (!result.success) throw new InvalidValueError(blame(field, result.issues[0]), reasonOf(result.issues[0]))
  return result.output as FieldValues[F]
}

/** For an object field, the wrong part is blamed: `schedule` → `minutes`. */
const blame = (field: FieldName, issue: v.BaseIssue<unknown>): string => {
  const key = issue.path?.[0]?.key
  return typeof key === 'string' ? key : (fieldOf(field).blames ?? field)
}
