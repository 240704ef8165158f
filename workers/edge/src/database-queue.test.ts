import { expect, it, vi } from 'vitest'
import { createDatabaseQueue, DatabaseBusyError } from './database-queue.ts'

const settled = (what: () => void) => vi.waitFor(what, { interval: 1 })

it('lets in as many as may be there, the others in the order in which they came', async () => {
  const queue = createDatabaseQueue(2)
  const entered: number[] = []
  const leave = await Promise.all([queue.enter(), queue.enter()])
  const waiting = [0, 1, 2].map(async number => {
    const leave = await queue.enter()
    entered.push(number)
    return leave
  })
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(entered).toEqual([])
  leave[0]()
  await settled(() => {
    expect(entered).toEqual([0])
  })
  leave[1]()
  ;(await waiting[0]!)()
  await settled(() => {
    expect(entered).toEqual([0, 1, 2])
  })
})

it('takes back the place of a request that was stopped before it left', async () => {
  let now = 0
  const queue = createDatabaseQueue(1, () => now)
  await queue.enter()
  now = 60_000
  expect(await queue.enter()).toBeTypeOf('function')
})

it('passes over who was stopped while they waited, and tells who waits too long', async () => {
  vi.useFakeTimers()
  const queue = createDatabaseQueue(1)
  const leave = await queue.enter()
  const stopped = queue.enter()
  const refused = expect(stopped).rejects.toThrow(DatabaseBusyError)
  await vi.advanceTimersByTimeAsync(13_000)
  await refused
  leave()
  expect(await queue.enter()).toBeTypeOf('function')
  vi.useRealTimers()
})
