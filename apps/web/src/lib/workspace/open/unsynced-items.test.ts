import { createRoom, createWebinar, editItem } from '@foyer/doc'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createUnsyncedItems } from './unsynced-items.ts'

test('S11 returns the items with unsynced changes, and the same set while they do not change', () => {
  const doc = new Y.Doc()
  let stored: ReadonlyMap<number, number> = new Map()
  const unsynced = createUnsyncedItems(doc, () => stored)
  const id = createRoom(doc, { name: 'Clients' }, 1)
  const schedule = { startsAt: '2031-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
  const webinar = createWebinar(doc, { name: 'Launch', schedule }, 1)
  expect(unsynced()).toEqual(new Set([id, webinar]))
  stored = Y.decodeStateVector(Y.encodeStateVector(doc))
  expect(unsynced()).toEqual(new Set())
  editItem(doc, { kind: 'room', id }, { name: 'Customers' }, 2)
  const now = unsynced()
  expect(now).toEqual(new Set([id]))
  editItem(doc, { kind: 'room', id }, { name: 'Partners' }, 3)
  expect(unsynced()).toBe(now)
})

test('S11 the cost depends on the unsynced changes, not on the 10,000 rooms', () => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let i = 0; i < 10_000; i++) createRoom(doc, { name: `Room ${String(i)}` }, 1)
  })
  const stored = Y.decodeStateVector(Y.encodeStateVector(doc))
  const id = createRoom(doc, { name: 'New' }, 2)
  const unsynced = createUnsyncedItems(doc, () => stored)
  const start = performance.now()
  for (let i = 0; i < 100; i++) unsynced()
  // A hundred calls; one scan of all entries takes 10 ms.
  expect(performance.now() - start).toBeLessThan(100)
  expect(unsynced()).toEqual(new Set([id]))
})
