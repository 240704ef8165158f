import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { trackUnsyncedCount } from './track-unsynced-count.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const create = () => {
  let count = 0
  const listeners = new Set<() => void>()
  const write = vi.fn()
  const end = trackUnsyncedCount(
    {
      countUnsynced: () => count,
      onUnsyncedChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      }
    },
    write
  )
  const change = (to: number) => {
    count = to
    for (const listener of listeners) listener()
  }
  return { write, end, change, listeners }
}

test('a burst of edits is written once, and an unchanged count not again', () => {
  const { write, change } = create()
  for (const count of [1, 2, 3]) change(count)
  vi.advanceTimersByTime(500)
  expect(write.mock.calls).toEqual([[3]])
  change(3)
  vi.advanceTimersByTime(500)
  expect(write).toHaveBeenCalledTimes(1)
  change(0)
  vi.advanceTimersByTime(500)
  expect(write).toHaveBeenLastCalledWith(0)
})

test('the last count is written when the workspace is closed', () => {
  const { write, change, end, listeners } = create()
  vi.advanceTimersByTime(500)
  change(2)
  end()
  expect(write).toHaveBeenLastCalledWith(2)
  expect(listeners.size).toBe(0)
  vi.advanceTimersByTime(1_000)
  expect(write).toHaveBeenCalledTimes(2)
})
