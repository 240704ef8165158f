import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

describe('S16 backoff', () => {
  it.each([
    [1, 500, 1_000],
    [2, 500, 2_000],
    [3, 500, 4_000],
    [6, 500, 30_000],
    [1_000, 500, 30_000]
  ])('after %i failures is between %i and %i ms', (failures, least, most) => {
    expect(backoffMs(failures, () => 0)).toBe(least)
    expect(backoffMs(failures, () => 1)).toBe(most)
  })

  it('spreads clients that lost the server at the same moment', () => {
    const waits = Array.from({ length: 100 }, (_, device) => backoffMs(1, () => device / 100))
    expect(new Set(waits).size).toBe(100)
  })
})
