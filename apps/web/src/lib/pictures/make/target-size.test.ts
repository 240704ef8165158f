import { expect, test } from 'vitest'
import { fitWithin } from './target-size.ts'

test('the longer side is what counts, and the proportions stay', () => {
  expect(fitWithin({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 })
  expect(fitWithin({ width: 3000, height: 4000 }, 480)).toEqual({ width: 360, height: 480 })
})

test('a small picture stays as it is', () => {
  expect(fitWithin({ width: 320, height: 200 }, 480)).toEqual({ width: 320, height: 200 })
})

test('a line keeps its one pixel', () => {
  expect(fitWithin({ width: 9000, height: 1 }, 480)).toEqual({ width: 480, height: 1 })
})
