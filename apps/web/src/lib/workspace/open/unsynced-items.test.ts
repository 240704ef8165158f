import { createRoom, createWebinar, editItem } from '@foyer/doc'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createUnsyncedItems } from './unsynced-items.ts'

test('S11 names the items with changes beyond what is stored, and stays the same set while they are', () => {
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

test('S11 costs what is unsynced, not what there is: 10,000 rooms', () => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let i = 0; i < 10_000; i++) createRoom(doc, { name: `Room ${String(i)}` }, 1)
  })
  const stored = Y.decodeStateVector(Y.encodeStateVector(doc))
  const id = createRoom(doc, { name: 'New' }, 2)
  const unsynced = createUnsyncedItems(doc, () => stored)
  const start = performance.now()
  for (let i = 0; i < 100; i++) unsynced()
  expect(performance.now() - start).toBeLessThan(100) // a hundred times; one look at every entry takes 10 ms
  expect(unsynced()).toEqual(new Set([id]))
})
