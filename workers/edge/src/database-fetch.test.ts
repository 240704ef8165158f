import { afterEach, expect, it, vi } from 'vitest'
import { fetchQueued } from './database-fetch.ts'

const locked = { message: 'SQLite error: database is locked', code: 'SQLITE_BUSY' }
const batch = (...step_errors: unknown[]) => ({
  results: [{ type: 'ok', response: { type: 'batch', result: { step_results: [], step_errors } } }]
})
const refused = { results: [{ type: 'error', error: locked }] }
const done = { results: [{ type: 'ok', response: { type: 'close' } }] }
const send = () => fetchQueued('people')('http://database/v2/pipeline', { method: 'POST', body: '{}' })
const answers = (...bodies: [body: unknown, status?: number][]) => {
  const fetch = vi.fn<typeof globalThis.fetch>()
  for (const [body, status = 200] of bodies) {
    fetch.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }))
  }
  vi.stubGlobal('fetch', fetch)
  return fetch
}
afterEach(() => {
  vi.unstubAllGlobals()
})

it('retries a request that the database was too busy for', async () => {
  const fetch = answers(
    [{ error: 'Too many concurrent requests' }, 429],
    [refused],
    [batch(locked, null)],
    [done]
  )
  expect(await (await send()).json()).toEqual(done)
  expect(fetch).toHaveBeenCalledTimes(4)
})

it('does not retry a request that may have been executed', async () => {
  const fetch = answers([batch(null, locked)])
  expect(await (await send()).json()).toEqual(batch(null, locked))
  expect(fetch).toHaveBeenCalledTimes(1)
})
