import { expect, test } from 'vitest'
import { proposeName } from './propose-name.ts'

test('the first name that is not taken, however it is written', () => {
  expect(proposeName('room', [])).toBe('Studio')
  expect(proposeName('room', ['studio ', 'Library'])).toBe('Garden room')
  expect(proposeName('webinar', ['Open house'])).toBe('Workshop')
})

test('where all are taken, a number that is not', () => {
  const taken: string[] = []
  for (let made = 0; made < 30; made++) taken.push(proposeName('room', taken))
  expect(new Set(taken).size).toBe(30)
  expect(taken.at(-1)).toBe('Room 30')
})
