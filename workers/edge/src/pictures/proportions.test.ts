import { expect, it } from 'vitest'
import { hasProportionsOf } from './proportions.ts'

const size = ([width, height]: [number, number]) => ({ width, height })

it.each<[[number, number], [number, number]]>([
  [
    [480, 270],
    [1_600, 900]
  ],
  [
    [480, 320],
    [1_600, 1_067]
  ],
  [
    [270, 480],
    [1_600, 900]
  ],
  [
    [480, 1],
    [1_600, 1]
  ],
  [
    [7, 5],
    [7, 5]
  ]
])('%j is a picture of %j scaled down', (small, picture) => {
  expect(hasProportionsOf(size(picture), size(small))).toBe(true)
})

it.each<[[number, number], [number, number]]>([
  [
    [480, 480],
    [1_600, 900]
  ],
  [
    [480, 272],
    [1_600, 900]
  ],
  [
    [14, 10],
    [7, 5]
  ]
])('%j is none of %j', (small, picture) => {
  expect(hasProportionsOf(size(picture), size(small))).toBe(false)
})
