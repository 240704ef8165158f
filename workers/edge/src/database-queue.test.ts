import { expect, it, vi } from 'vitest'
import { createDatabaseQueue, DatabaseBusyError } from './database-queue.ts'

const settled = (what: () => void) => vi.waitFor(what, { interval: 1 })

it('admits requests up to the limit, then in order of arrival', async () => {
  const queue = createDatabaseQueue(2)
  const entered: number[] = []
  const release = await Promise.all([queue.acquire(), queue.acquire()])
  const waiting = [0, 1, 2].map(async number => {
    const release = await queue.acquire()
    entered.push(number)
    return release
  })
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(entered).toEqual([])
  release[0]()
  await settled(() => {
    expect(entered).toEqual([0])
  })
  release[1]()
  await settled(() => {
    expect(entered).toEqual([0, 1])
  })
  ;(await waiting[0]!)()
  await settled(() => {
    expect(entered).toEqual([0, 1, 2])
  })
})

it('frees the place of a request that was aborted', async () => {
  let now = 0
  const queue = createDatabaseQueue(1, () => now)
  await queue.acquire()
  now = 60_000
  expect(await queue.acquire()).toBeTypeOf('function')
})

it('rejects a request that waits too long', async () => {
  let now = 0
  const queue = createDatabaseQueue(1, () => now)
  const release = await queue.acquire()
  const refused = queue.acquire()
  now = 13_000
  await expect(refused).rejects.toThrow(DatabaseBusyError)
  release()
  expect(await queue.acquire()).toBeTypeOf('function')
})
