import { createRoom, createWebinar, InvalidValueError } from '@foyer/doc'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { baseLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { refusalText } from './refusal.ts'

afterEach(() => {
  overwriteGetLocale(() => baseLocale)
})
const refusalOf = (write: () => unknown): InvalidValueError => {
  try {
    write()
  } catch (error) {
    if (error instanceof InvalidValueError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
const webinar = (change: object) => () =>
  createWebinar(new Y.Doc(), { name: 'A', schedule: { ...schedule, ...change } }, 1)

test.each([
  [() => createRoom(new Y.Doc(), { name: '' }, 1)],
  [() => createRoom(new Y.Doc(), { name: 'x'.repeat(121) }, 1)],
  [webinar({ startsAt: '' })],
  [webinar({ startsAt: '2026-03-29T02:30' })],
  [webinar({ timeZone: 'Mars/Base' })],
  [webinar({ minutes: 0 })],
  [webinar({ minutes: 1441 })],
  [webinar({ minutes: NaN })]
])('in English a refusal is said as the document says it (%#)', write => {
  const error = refusalOf(write)
  expect(refusalText(error)).toBe(error.message)
})

test('it is said in the person’s language, with its numbers', () => {
  overwriteGetLocale(() => 'de')
  const error = refusalOf(() => createRoom(new Y.Doc(), { name: 'x'.repeat(121) }, 1))
  expect(refusalText(error)).toBe('Der Name ist länger als 120 Zeichen.')
})
