import { createRoom, createWebinar, InvalidValueError } from '@foyer/doc'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { baseLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { refusalText } from './refusal-text.ts'

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

test.each<[() => unknown, string]>([
  [() => createRoom(new Y.Doc(), { name: '' }, 1), 'The name is empty.'],
  [() => createRoom(new Y.Doc(), { name: 'x'.repeat(121) }, 1), 'The name is longer than 120 characters.'],
  [webinar({ startsAt: '' }), 'The start is not a date and a time.'],
  [webinar({ startsAt: '2026-03-29T02:30' }), 'This time doesn’t exist on that day: the clocks go forward.'],
  [webinar({ timeZone: 'Mars/Base' }), 'There is no such time zone.'],
  [webinar({ minutes: 0 }), 'The length is less than a minute.'],
  [webinar({ minutes: 1441 }), 'The length is more than 24 hours.'],
  [webinar({ minutes: NaN }), 'The length is not a number of minutes.']
])('a refusal is said in words (%#)', (write, words) => {
  expect(refusalText(refusalOf(write))).toBe(words)
})

test.each(['not-allowed', 'of-a-later-version', 'toString'])('%s is said in general', code => {
  expect(refusalText({ code })).toBe('This is not allowed here.')
})

test('it is said in the person’s language, with its numbers', () => {
  overwriteGetLocale(() => 'de')
  const error = refusalOf(() => createRoom(new Y.Doc(), { name: 'x'.repeat(121) }, 1))
  expect(refusalText(error)).toBe('Der Name ist länger als 120 Zeichen.')
})
