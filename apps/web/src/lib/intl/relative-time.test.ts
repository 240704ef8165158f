import { expect, test } from 'vitest'
import { inDays, relativeTime, timeAgo } from './relative-time.ts'

const NOW = Date.UTC(2026, 10, 23, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [0, 'just now'],
  [-59_999, 'just now'],
  [30_000, 'in less than a minute'],
  [-MINUTE, '1 minute ago'],
  [-119 * MINUTE, '1 hour ago'],
  [-23.9 * HOUR, '23 hours ago'],
  [-DAY, '1 day ago'],
  [2 * DAY, 'in 2 days'],
  [-13 * DAY, '13 days ago'],
  [-15 * DAY, '2 weeks ago'],
  [-100 * DAY, '3 months ago'],
  [-800 * DAY, '2 years ago']
])('%d ms away is "%s"', (distance, words) => {
  expect(relativeTime(NOW + distance, NOW, 'en-GB')).toBe(words)
})

test('started days count as whole days', () => {
  expect(inDays(NOW + 30 * DAY, NOW)).toBe('in 30 days')
  expect(inDays(NOW + 30 * DAY - MINUTE, NOW)).toBe('in 30 days')
  expect(inDays(NOW + 29 * DAY, NOW)).toBe('in 29 days')
  expect(inDays(NOW - HOUR, NOW)).toBe('in 0 days')
})

test('past events are never in the future', () => {
  expect(timeAgo(NOW + 365 * DAY, NOW, 'en-GB')).toBe('just now')
  expect(timeAgo(NOW - DAY, NOW, 'en-GB')).toBe('1 day ago')
})
