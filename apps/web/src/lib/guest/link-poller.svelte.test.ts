import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PublicLink } from '#lib/api/api.ts'
import { ApiError, UnreachableError } from '#lib/api/send.ts'
import { LinkPoller } from './link-poller.svelte.ts'

const OPEN = { state: 'open' } as PublicLink
const notPublished = () => Promise.reject(new ApiError(404, 'not-published', ''))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new EventTarget())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('polls until the link opens', async () => {
  const read = vi.fn(notPublished).mockName('read')
  const poller = new LinkPoller('a', read)
  poller.start()
  await vi.advanceTimersByTimeAsync(0)
  expect(poller.state.type).toBe('not-published')
  read.mockImplementation(() => Promise.resolve(OPEN) as never)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(poller.state).toEqual({ type: 'open', link: OPEN })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(read).toHaveBeenCalledTimes(2)
})

test('backs off, and polls at once when the network is back', async () => {
  const read = vi.fn(() => Promise.reject(new UnreachableError('')))
  const poller = new LinkPoller('a', read)
  poller.start()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(poller.state.type).toBe('unreachable')
  const calls = read.mock.calls.length
  expect(calls).toBeLessThan(50)
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(read).toHaveBeenCalledTimes(calls + 1)
})

test('does not poll after it was stopped', async () => {
  const read = vi.fn(notPublished)
  new LinkPoller('a', read).start()()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(read).toHaveBeenCalledTimes(1)
})
