import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryKeyValues } from '../../../test/memory-key-values.ts'
import { LIVE_FOR_MS, LiveCounts, type KeyValues } from './live-counts.ts'

let now: number
let storage: KeyValues
let live: LiveCounts
beforeEach(() => {
  now = 1_800_000_000_000
  storage = createMemoryKeyValues()
  live = new LiveCounts(storage, () => now)
})

describe('S29 a live count', () => {
  it('is broadcast when it changes, not when it is renewed', () => {
    expect(live.set('a', 3)).toBe(true)
    expect(live.set('a', 3)).toBe(false)
    expect(live.set('a', 2)).toBe(true)
    expect(live.set('a', 0)).toBe(true)
    expect(live.set('a', 0)).toBe(false)
    expect(live.itemIds).toEqual([])
    expect(live.nextEnd).toBeNull()
  })

  it.each([
    [-1, 0],
    [Number.NaN, 0],
    [Infinity, 10_000],
    [10_001, 10_000],
    [2.9, 2]
  ])('of %d people is one of %d', (people, counted) => {
    live.set('a', people)
    expect(live.of('a')).toBe(counted)
  })

  it('counts as 0 after two minutes without renewal', () => {
    live.set('a', 3)
    live.set('b', 1)
    now += LIVE_FOR_MS - 1
    live.set('b', 1)
    now += 1
    expect([live.of('a'), live.of('b'), live.itemIds]).toEqual([0, 1, ['b']])
    expect(live.expire()).toEqual(['a'])
    expect(live.expire()).toEqual([])
    expect(live.nextEnd).toBe(now - 1 + LIVE_FOR_MS)
  })

  it('that has expired is still broadcast when its meeting reports 0 first', () => {
    live.set('a', 3)
    now += LIVE_FOR_MS
    expect(live.set('a', 0)).toBe(true)
  })

  it('survives hibernation and expires during it', () => {
    live.set('a', 3)
    now += 1
    live.set('b', 2)
    now += LIVE_FOR_MS - 1
    const woken = new LiveCounts(storage, () => now)
    expect([woken.of('a'), woken.of('b')]).toEqual([0, 2])
    woken.expire()
    expect(new LiveCounts(storage, () => 0).itemIds).toEqual(['b'])
  })

  it('of an unknown item is removed', () => {
    live.set('a', 3)
    live.set('b', 2)
    live.keepOnly(id => id === 'b')
    expect(new LiveCounts(storage, () => now).itemIds).toEqual(['b'])
  })
})
