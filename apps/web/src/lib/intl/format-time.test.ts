import { expect, test } from 'vitest'
import { dayName, duration } from './format-time.ts'

test.each([
  [1, '1 min'],
  [45, '45 min'],
  [60, '1 h'],
  [90, '1 h 30 min'],
  [1440, '24 h']
])('%d minutes are "%s"', (minutes, words) => {
  expect(duration(minutes)).toBe(words)
})

test('days are named by calendar date, not by elapsed hours', () => {
  const now = new Date(2026, 10, 23, 0, 5).getTime()
  expect(dayName(new Date(2026, 10, 23, 0, 1).getTime(), now)).toBe('Today')
  expect(dayName(new Date(2026, 10, 22, 23, 59).getTime(), now)).toBe('Yesterday')
  expect(dayName(new Date(2026, 10, 21, 23, 59).getTime(), now)).toContain('Saturday')
  expect(dayName(new Date(2025, 10, 21).getTime(), now)).toContain('2025')
})
