import * as v from 'valibot'
import { predicateOf } from './predicate.ts'

/** A value as stored in the document, with the time of its edit in ms since 1970. */
export type Entry<T = unknown> = [value: T, editedAt: number]

/** Largest time a JavaScript Date can hold, ms since 1970. */
export const MAX_TIME = 8.64e15

/** A time in ms since 1970. */
export const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_TIME))
const isTime = predicateOf(time)

export const parseEntry = (raw: unknown): Entry | undefined =>
  Array.isArray(raw) && raw.length === 2 && isPlain(raw[0]) && isTime(raw[1]) ? (raw as Entry) : undefined

/** Deeper than any field's value. Bounds the recursion of readers and comparisons. */
const MAX_DEPTH = 8

/**
 * Is the value plain JSON without arrays? A Yjs document can also hold values that neither JSON nor
 * a database takes (a bigint, bytes). A key `__proto__` in an update gives the decoded object its
 * own prototype: it would read as if it had fields, but be stored as `{}`. An undefined property
 * counts as left out.
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

/** Are two stored values equal? Values that are not entries equal only themselves. */
export const isSameEntry = (a: unknown, b: unknown): boolean =>
  a === b || (parseEntry(a) !== undefined && parseEntry(b) !== undefined && isSameValue(a, b))

/** Are the values of two entries equal? */
export const isSameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Drops undefined properties, which the wire format cannot carry. */
export const withoutUndefined = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(parts.map(([key, part]) => [key, withoutUndefined(part as unknown)])) as T
}
