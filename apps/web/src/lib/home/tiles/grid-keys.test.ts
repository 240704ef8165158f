import { expect, test } from 'vitest'
import { tileAfterKey } from './grid-keys.ts'

/** 0 1 2 / 3 4 5 / 6 7 */
const grid = { count: 8, columns: 3, rightToLeft: false }

test.each([
  ['ArrowRight', 2, 3],
  ['ArrowRight', 7, undefined],
  ['ArrowLeft', 3, 2],
  ['ArrowLeft', 0, undefined],
  ['ArrowDown', 1, 4],
  ['ArrowDown', 5, 7], // the last row is not full
  ['ArrowDown', 6, undefined],
  ['ArrowUp', 4, 1],
  ['ArrowUp', 2, undefined],
  ['Home', 5, 0],
  ['Home', 0, undefined],
  ['End', 2, 7],
  ['Tab', 2, undefined]
])('%s moves from %d to %s', (key, at, to) => {
  expect(tileAfterKey(key, at, grid)).toBe(to)
})

test('in right-to-left pages, left moves forward', () => {
  const mirrored = { ...grid, rightToLeft: true }
  expect(tileAfterKey('ArrowLeft', 2, mirrored)).toBe(3)
  expect(tileAfterKey('ArrowRight', 0, mirrored)).toBeUndefined()
  expect(tileAfterKey('ArrowRight', 3, mirrored)).toBe(2)
})
