import { describe, expect, it, vi } from 'vitest'
import { memoryUsageStore } from './testing/memory-usage-store.ts'
import { createUsageLane, type UsageRecord } from './usage-lane.ts'

const open = async (record?: UsageRecord) => {
  const store = memoryUsageStore(record)
  const lane = createUsageLane(store)
  await lane.whenLoaded
  return { lane, store }
}
const told = (itemId: string, lastUsedAt: number, live = 0) => [{ itemId, lastUsedAt, live }]

describe('S12 a time of use', () => {
  it('shows at once and never falls, in whatever order it comes', async () => {
    const { lane } = await open()
    expect(lane.lastUsedAt('a')).toBeUndefined()
    lane.takePending({ a: 5 })
    expect(lane.lastUsedAt('a')).toBe(5)
    lane.takePending({ a: 3 })
    lane.takeServer(told('a', 4))
    expect(lane.lastUsedAt('a')).toBe(5)
    lane.takeServer(told('a', 9))
    lane.takeServer(told('a', 2))
    expect(lane.lastUsedAt('a')).toBe(9)
    expect(lane.lastUsedAt('b')).toBeUndefined()
  })

  it('is kept over a restart, told or not', async () => {
    const { lane, store } = await open()
    lane.takeServer(told('a', 4))
    lane.takePending({ a: 5, b: 6 })
    await vi.waitFor(() => {
      expect(store.saved.at(-1)).toEqual({ known: { a: 4 }, pending: { a: 5, b: 6 } })
    })
    const { lane: again } = await open(store.saved.at(-1))
    expect(again.pending()).toEqual({ a: 5, b: 6 })
    expect(again.lastUsedAt('a')).toBe(5)
  })

  it('is not written over what was stored before that is read', async () => {
    const { promise: load, resolve: loaded } = Promise.withResolvers<UsageRecord>()
    const store = { ...memoryUsageStore(), load: () => load }
    const lane = createUsageLane(store)
    lane.takePending({ c: 3 })
    await Promise.resolve()
    await Promise.resolve()
    expect(store.saved).toEqual([])
    loaded({ known: { a: 1 }, pending: { b: 2 } })
    await vi.waitFor(() => {
      expect(store.saved).toEqual([{ known: { a: 1 }, pending: { b: 2, c: 3 } }])
    })
  })

  it('that the server knows already is not to be told', async () => {
    const { lane } = await open({ known: { a: 9 }, pending: { a: 5 } })
    expect(lane.pending()).toEqual({})
    lane.takePending({ a: 9 })
    expect(lane.pending()).toEqual({})
  })

  it('of 0 from the server is none', async () => {
    const { lane } = await open()
    lane.takeServer(told('a', 0))
    expect(lane.lastUsedAt('a')).toBeUndefined()
  })
})

describe('S14 what is to be told', () => {
  it('ends when the server holds it or a later one', async () => {
    const { lane } = await open()
    lane.takePending({ a: 5, b: 5, c: 5 })
    lane.takeServer([...told('a', 5), ...told('b', 6), ...told('c', 4)])
    expect(lane.pending()).toEqual({ c: 5 })
  })

  it('ends when it is settled, unless there is a later one by then', async () => {
    const { lane } = await open()
    lane.takePending({ a: 5, b: 5 })
    lane.takePending({ b: 7 })
    lane.settle({ a: 5, b: 5 })
    expect(lane.pending()).toEqual({ b: 7 })
  })
})

describe('the usage lane', () => {
  it('knows how many people are in an item', async () => {
    const { lane } = await open()
    expect(lane.liveCount('a')).toBe(0)
    lane.takeServer(told('a', 1, 3))
    expect(lane.liveCount('a')).toBe(3)
    lane.takeServer(told('a', 1, 0))
    expect(lane.liveCount('a')).toBe(0)
  })

  it('tells its listeners of changes alone, until they end it', async () => {
    const { lane } = await open()
    const heard = vi.fn()
    const end = lane.subscribe(heard)
    lane.takePending({ a: 5 })
    expect(heard).toHaveBeenCalledTimes(1)
    lane.takePending({ a: 4 })
    lane.takeServer(told('b', 0))
    lane.settle({ b: 9 })
    expect(heard).toHaveBeenCalledTimes(1)
    lane.takeServer(told('a', 5, 1))
    expect(heard).toHaveBeenCalledTimes(2)
    end()
    lane.takeServer(told('a', 6))
    expect(heard).toHaveBeenCalledTimes(2)
  })

  it('goes on in memory where nothing can be read or stored', async () => {
    const save = vi.fn(() => Promise.reject(new Error('disk full')))
    const lane = createUsageLane({ load: () => Promise.reject(new Error('private mode')), save })
    await lane.whenLoaded
    lane.takePending({ a: 5 })
    await vi.waitFor(() => {
      expect(save).toHaveBeenCalledTimes(1)
    })
    lane.takePending({ a: 6 })
    await vi.waitFor(() => {
      expect(save).toHaveBeenCalledTimes(2)
    })
    expect(lane.lastUsedAt('a')).toBe(6)
  })
})

describe('S12 a clock that is wrong', () => {
  const NOW = Date.UTC(2026, 10, 25, 12)
  const HOUR = 3_600_000
  const DAY = 24 * HOUR
  const YEAR = 365 * DAY
  const IN_2001 = Date.UTC(2001, 0, 1)

  /** A device whose clock can be set. */
  const device = async (clock: { now: number }, record?: UsageRecord) => {
    const store = memoryUsageStore(record)
    const lane = createUsageLane(store, () => clock.now)
    await lane.whenLoaded
    const order = (...ids: string[]) =>
      ids.toSorted((a, b) => (lane.orderOf(b) ?? 0) - (lane.orderOf(a) ?? 0)).join('')
    return { lane, store, order }
  }
  const stored = async ({ store }: Awaited<ReturnType<typeof device>>) => {
    await vi.waitFor(() => {
      expect(store.saved.length).toBeGreaterThan(0)
    })
    return store.saved.at(-1)!
  }

  it.each([DAY, YEAR])('ahead by %d ms, then set right while the page is open', async ahead => {
    const clock = { now: NOW + ahead }
    const { lane, order } = await device(clock)
    lane.use('a')
    clock.now = NOW
    expect(lane.lastUsedAt('a')).toBe(NOW)
    clock.now += HOUR
    lane.use('b')
    expect(order('a', 'b')).toBe('ba')
    expect(lane.lastUsedAt('b')).toBe(NOW + HOUR)
    clock.now += 2 * YEAR
    expect(lane.lastUsedAt('a')).toBe(NOW + HOUR - 1)
    expect(order('a', 'b')).toBe('ba')
  })

  it.each([DAY, YEAR])('ahead by %d ms, then set right and opened again', async ahead => {
    const clock = { now: NOW + ahead }
    const before = await device(clock)
    before.lane.use('a')
    clock.now += HOUR
    before.lane.use('b')
    const record = await stored(before)

    clock.now = NOW
    const { lane, order, store } = await device(clock, record)
    expect(order('a', 'b')).toBe('ba')
    clock.now += HOUR
    lane.use('c')
    expect(order('a', 'b', 'c')).toBe('cba')
    expect(lane.lastUsedAt('b')).toBe(NOW)
    await vi.waitFor(() => {
      expect(store.saved.at(-1)?.pending).toEqual({ a: NOW - 1, b: NOW, c: NOW + HOUR })
    })
  })

  it('is found out without a use, too', async () => {
    const clock = { now: NOW + DAY }
    const { lane } = await device(clock)
    const heard = vi.fn()
    lane.use('a')
    lane.subscribe(heard)
    lane.settleFuture()
    expect(heard).not.toHaveBeenCalled()
    clock.now = NOW
    lane.settleFuture()
    expect(heard).toHaveBeenCalledTimes(1)
    clock.now += DAY
    expect(lane.lastUsedAt('a')).toBe(NOW)
  })

  it('at 2001 spoils nothing that was noted before, and what is used then is on top', async () => {
    const clock = { now: NOW }
    const before = await device(clock)
    before.lane.use('a')
    clock.now = IN_2001
    const { lane, order } = await device(clock, await stored(before))
    expect(lane.lastUsedAt('a')).toBe(IN_2001) // "just now", and not in 25 years
    lane.use('b')
    lane.use('c')
    lane.settleFuture()
    expect(order('a', 'b', 'c')).toBe('cba')
    clock.now = NOW + DAY
    expect(lane.lastUsedAt('a')).toBe(NOW)
    expect(lane.lastUsedAt('c')).toBe(NOW + 2)
    lane.use('a')
    expect(order('a', 'b', 'c')).toBe('acb')
  })

  it('at 2001 from the first day on is not believed', async () => {
    const clock = { now: IN_2001 }
    const { lane, order } = await device(clock)
    lane.use('a')
    lane.use('b')
    expect(order('a', 'b')).toBe('ba')
    clock.now = NOW
    expect(lane.lastUsedAt('a')).toBeGreaterThanOrEqual(Date.UTC(2026, 0))
  })

  it('behind the server’s: what is used here is later than what the server told', async () => {
    const clock = { now: NOW - DAY }
    const { lane, order } = await device(clock)
    lane.takeServer([...told('a', NOW), ...told('b', NOW - 9)])
    lane.use('b')
    lane.use('c')
    lane.settleFuture()
    expect(order('a', 'b', 'c')).toBe('cba')
    expect(lane.lastUsedAt('c')).toBe(clock.now)
    clock.now = NOW + DAY
    expect(lane.lastUsedAt('a')).toBe(NOW)
  })

  it('is no other tab’s to bring back', async () => {
    const clock = { now: NOW }
    const { lane } = await device(clock)
    lane.takePending({ a: NOW + YEAR })
    expect(lane.pending()).toEqual({ a: NOW })
  })

  it('does not keep what was made by it on top', async () => {
    const clock = { now: NOW }
    const before = await device(clock)
    expect(before.lane.madeAt('old', NOW - DAY)).toBe(NOW - DAY)
    expect(before.lane.madeAt('new', NOW + DAY)).toBe(NOW)
    const record = await stored(before)
    clock.now += HOUR
    const { lane } = await device(clock, record)
    expect(lane.madeAt('new', NOW + DAY)).toBe(NOW)
    clock.now += 2 * DAY
    expect(lane.madeAt('new', NOW + DAY)).toBe(NOW)
    clock.now = IN_2001
    expect(lane.madeAt('other', NOW)).toBe(NOW)
  })
})
