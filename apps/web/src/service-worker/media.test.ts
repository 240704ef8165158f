import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { media } from './media.ts'

let kept: Map<string, Response>
let puts: () => Promise<void>
let waits: Promise<unknown>[]

/** A fake of the used part of a browser's cache, in insertion order. */
const cache = {
  match: (path: string) => Promise.resolve(kept.get(path)?.clone()),
  put: (path: string, response: Response) => puts().then(() => kept.set(path, response)),
  keys: () => Promise.resolve(Array.from(kept.keys(), path => new Request(`https://foyer.example${path}`))),
  delete: ({ url }: Request) => Promise.resolve(kept.delete(new URL(url).pathname))
}
const picture = () =>
  new Response('picture', {
    headers: { 'content-type': 'image/webp', 'cache-control': 'public, immutable' }
  })
const see = async (path: string) => {
  const request = new Request(`https://foyer.example${path}`)
  const waitUntil = (wait: Promise<unknown>) => waits.push(wait)
  const response = await media({ request, waitUntil } as unknown as FetchEvent, path)
  await Promise.all(waits)
  return response.text()
}
const pathOf = (at: number) => `/media/${String(at).padStart(64, '0')}`

beforeEach(() => {
  kept = new Map()
  waits = []
  puts = () => Promise.resolve()
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) })
  vi.stubGlobal('fetch', () => Promise.resolve(picture()))
  vi.spyOn(console, 'warn').mockReturnValue()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('seen pictures are available offline', async () => {
  await see(pathOf(1))
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  expect(await see(pathOf(1))).toBe('picture')
})

test('pictures are shown if the cache cannot be opened or written', async () => {
  puts = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  expect(await see(pathOf(1))).toBe('picture')
  vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('no', 'SecurityError')) })
  expect(await see(pathOf(1))).toBe('picture')
})

test('the newest pictures are kept, more thumbnails than full ones', async () => {
  for (let at = 0; at < 601; at++) {
    await see(`${pathOf(at)}/thumbnail`)
    if (at < 61) await see(pathOf(at))
  }
  const paths = [...kept.keys()]
  const thumbnails = paths.filter(path => path.endsWith('/thumbnail'))
  expect([thumbnails.length, paths.length - thumbnails.length]).toEqual([600, 60])
  expect([kept.has(pathOf(0)), kept.has(`${pathOf(0)}/thumbnail`)]).toEqual([false, false])
})
