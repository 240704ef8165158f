import { createRoom, createWebinar, editItem } from '@foyer/doc'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { unsyncedEdits } from '#lib/workspace/repair/renew-copy.ts'
import { listUnsyncedItems } from './unsynced-items.ts'

const SCHEDULE = { startsAt: '2031-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }

test('each item with unsynced changes is listed once', () => {
  const doc = new Y.Doc()
  const room = createRoom(doc, { name: 'Clients' }, 1)
  const stored = Y.decodeStateVector(Y.encodeStateVector(doc))
  editItem(doc, { kind: 'room', id: room }, { name: 'Customers', access: 'team' }, 2)
  const webinar = createWebinar(doc, { name: 'Launch', schedule: SCHEDULE }, 3)
  const names: Record<string, string> = { [room]: 'Customers', [webinar]: 'Launch', other: 'Studio' }
  const listed = listUnsyncedItems(unsyncedEdits(doc, stored), { [room]: 5, other: 6 }, ({ id }) => names[id])
  expect(listed).toEqual([
    { id: room, name: 'Customers', what: 'name, who can join, last use' },
    { id: webinar, name: 'Launch', what: 'new' },
    { id: 'other', name: 'Studio', what: 'last use' }
  ])
})

test('nothing is listed when all is synced', () => {
  expect(listUnsyncedItems([], {}, () => undefined)).toEqual([])
})

test('deleted items and the workspace itself are described', () => {
  const edits = [{ root: 'workspace', key: 'name', entry: ['Team', 1] }]
  expect(listUnsyncedItems(edits, { gone: 1 }, () => undefined)).toEqual([
    { id: 'workspace', name: 'Workspace', what: 'name' },
    { id: 'gone', name: 'Unnamed', what: 'last use' }
  ])
})
