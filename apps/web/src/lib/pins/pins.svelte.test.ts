import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Pin } from '#lib/api/pins.ts'
import { carryOverPins, forgetPins } from './pin-store.ts'
import { Pins } from './pins.svelte.ts'

/** The server's pins. */
let server: Pin[] = []
let serverNow = Infinity
let online = true
let requests: string[] = []

const answer = (_: string, init?: RequestInit) => {
  requests.push(init?.method ?? 'GET')
  if (!online) return Promise.reject(new TypeError('no network'))
  if (init?.method === 'PUT') {
    const { pins } = JSON.parse(init.body as string) as { pins: Pin[] }
    const merged = new Map(server.map(pin => [pin.itemId, pin]))
    for (const pin of pins.map(pin => ({ ...pin, at: Math.min(pin.at, serverNow) }))) {
      if (pin.at > (merged.get(pin.itemId)?.at ?? 0)) merged.set(pin.itemId, pin)
    }
    server = [...merged.values()]
  }
  return Promise.resolve(Response.json({ pins: server }))
}

let now = 100
const open = ({ adopted = true } = {}) =>
  new Pins({ currentId: 'w', record: { id: 'w', adopted }, clock: { now: () => ++now } })

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key)
  })
  vi.stubGlobal('fetch', answer)
  server = []
  serverNow = Infinity
  online = true
  requests = []
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('pinned items come first, otherwise the order is kept', () => {
  const pins = open({ adopted: false })
  const items = ['a', 'b', 'c', 'd'].map(id => ({ id }))
  expect(pins.first(items)).toBe(items)
  pins.toggle('d')
  pins.toggle('b')
  expect(pins.first(items).map(({ id }) => id)).toEqual(['b', 'd', 'a', 'c'])
  pins.toggle('d')
  expect(pins.first(items).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd'])
})

test('pins survive a reload, and are not sent without an account', async () => {
  open({ adopted: false }).toggle('a')
  const again = open({ adopted: false })
  await again.sync()
  expect(again.isPinned('a')).toBe(true)
  expect(requests).toEqual([])
})

test('pins made offline are sent later, and errors are not shown', async () => {
  online = false
  const pins = open()
  pins.toggle('a')
  await pins.sync()
  expect(pins.isPinned('a')).toBe(true)
  expect(server).toEqual([])
  online = true
  await open().sync()
  expect(server).toMatchObject([{ itemId: 'a', pinned: true }])
})

test('a later change of another device wins', async () => {
  const pins = open()
  pins.toggle('a')
  await vi.waitFor(() => {
    expect(server).toHaveLength(1)
  })
  server = [
    { itemId: 'a', pinned: false, at: now + 1_000 },
    { itemId: 'b', pinned: true, at: 1 }
  ]
  await pins.sync()
  expect([pins.isPinned('a'), pins.isPinned('b')]).toEqual([false, true])
  expect(requests.at(-1)).toBe('GET')
})

test('two tabs keep each other’s pins', () => {
  const [here, there] = [open({ adopted: false }), open({ adopted: false })]
  expect([here.isPinned('a'), there.isPinned('a')]).toEqual([false, false])
  here.toggle('a')
  there.toggle('b')
  const later = open({ adopted: false })
  expect([later.isPinned('a'), later.isPinned('b')]).toEqual([true, true])
})

test('without storage, pins last while the page is open', () => {
  vi.spyOn(console, 'warn').mockReturnValue()
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  const pins = open({ adopted: false })
  pins.toggle('a')
  pins.toggle('b')
  expect([pins.isPinned('a'), pins.isPinned('b')]).toEqual([true, true])
})

test('a clock that is ahead does not beat a later change of another device', async () => {
  serverNow = 50
  const pins = open()
  pins.toggle('a')
  await vi.waitFor(() => {
    expect(server).toEqual([{ itemId: 'a', pinned: true, at: 50 }])
  })
  server = [{ itemId: 'a', pinned: false, at: 60 }]
  serverNow = 70
  await pins.sync()
  expect(pins.isPinned('a')).toBe(false)
  expect(server).toEqual([{ itemId: 'a', pinned: false, at: 60 }])
})

test('pins beyond the server’s limit are sent in parts', async () => {
  online = false
  const pins = open()
  for (let at = 0; at < 501; at++) pins.toggle(`item-${String(at)}`)
  await pins.sync()
  online = true
  requests = []
  await open().sync()
  expect(requests).toEqual(['PUT', 'PUT'])
  expect(server).toHaveLength(501)
})

test('pins move with their items and are deleted with their workspace', async () => {
  open({ adopted: false }).toggle('a')
  carryOverPins('w', 'next')
  forgetPins('w')
  expect(open().isPinned('a')).toBe(false)
  const next = new Pins({
    currentId: 'next',
    record: { id: 'next', adopted: true },
    clock: { now: () => ++now }
  })
  expect(next.isPinned('a')).toBe(true)
  await next.sync()
  expect(server).toMatchObject([{ itemId: 'a' }])
})
