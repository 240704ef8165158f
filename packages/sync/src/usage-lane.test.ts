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
