import { expect, test } from 'vitest'
import { fitWithin } from './target-size.ts'

test('the longer side is limited and the proportions are kept', () => {
  expect(fitWithin({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 })
  expect(fitWithin({ width: 3000, height: 4000 }, 480)).toEqual({ width: 360, height: 480 })
})

test('small pictures keep their size', () => {
  expect(fitWithin({ width: 320, height: 200 }, 480)).toEqual({ width: 320, height: 200 })
})

test('a side is at least one pixel', () => {
  expect(fitWithin({ width: 9000, height: 1 }, 480)).toEqual({ width: 480, height: 1 })
})
