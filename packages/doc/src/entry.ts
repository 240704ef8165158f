import * as v from 'valibot'
import { predicateOf } from './predicate.ts'

/** How a value stands in the document: with the time of its edit, ms since 1970. */
export type Entry<T = unknown> = [value: T, editedAt: number]

/** Largest time a JavaScript Date can hold, ms since 1970. */
export const MAX_TIME = 8.64e15

/** A time in ms since 1970. */
export const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_TIME))
const isTime = predicateOf(time)

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
