import { expect, test } from 'vitest'
import { suggestName } from './suggest-name.ts'

test('suggests the first unused name, ignoring case and spaces', () => {
  expect(suggestName('room', [])).toBe('Studio')
  expect(suggestName('room', ['studio ', 'Library'])).toBe('Garden room')
  expect(suggestName('webinar', ['Open house'])).toBe('Workshop')
})

test('numbers the name once all are used', () => {
  const taken: string[] = []
  for (let made = 0; made < 30; made++) taken.push(suggestName('room', taken))
  expect(new Set(taken).size).toBe(30)
  expect(taken.at(-1)).toBe('Room 30')
})
