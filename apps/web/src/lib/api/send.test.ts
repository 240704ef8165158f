import { afterEach, expect, test, vi } from 'vitest'
import { type ApiError, send, UnreachableError } from './send.ts'

const answer = (body: unknown, status: number) => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })))
}
afterEach(() => {
  vi.unstubAllGlobals()
})

test('successful responses are returned', async () => {
  answer({ workspaces: [] }, 200)
  expect(await (await send('/api/workspaces')).json()).toEqual({ workspaces: [] })
})

test.each([
  ['ours', { error: { code: 'not-published', message: 'Not yet.' } }, 'not-published'],
  ["better-auth's", { code: 'INVALID_EMAIL', message: 'Not yet.' }, 'INVALID_EMAIL'],
  ['neither', null, 'unknown']
])('a refusal in a form that is %s is an ApiError', async (_, body, code) => {
  answer(body, 404)
  await expect(send('/x')).rejects.toMatchObject({
    name: 'ApiError',
    status: 404,
    code
  } satisfies Partial<ApiError>)
})

test('no network and responses of a proxy count as unreachable', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
  await expect(send('/x')).rejects.toBeInstanceOf(UnreachableError)
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })))
  await expect(send('/x')).rejects.toBeInstanceOf(UnreachableError)
})
