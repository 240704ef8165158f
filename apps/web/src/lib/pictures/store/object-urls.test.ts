import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createObjectUrls } from './object-urls.ts'

const revoked: string[] = []
let made = 0

beforeEach(() => {
  made = 0
  revoked.length = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${String(++made)}`)
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(url => revoked.push(url))
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('a picture shown several times has one URL', () => {
  const urls = createObjectUrls()
  expect(urls.takeKnown('a')).toBeUndefined()
  expect(urls.take('a', new Blob())).toBe('blob:1')
  expect(urls.take('a', new Blob())).toBe('blob:1')
  expect(urls.takeKnown('a')).toBe('blob:1')
})

test('only unused URLs are revoked, least recently used first', () => {
  const urls = createObjectUrls(1)
  for (const key of ['a', 'b', 'c']) urls.take(key, new Blob())
  urls.release('b')
  urls.release('a')
  expect(revoked).toEqual(['blob:1'])
  expect(urls.takeKnown('b')).toBe('blob:2')
  expect(urls.takeKnown('c')).toBe('blob:3')
})
