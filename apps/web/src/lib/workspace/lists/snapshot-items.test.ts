import { createRoom, createWebinar, entriesOf, readItem } from '@foyer/doc'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { HOME_SNAPSHOT_VERSION, type HomeSnapshot, type SnapshotItem } from '#lib/device/home-snapshot.ts'
import { readSnapshotItems } from './snapshot-items.ts'

const WANTED = { workspaceId: 'w', view: 'used en-GB' }
let doc: Y.Doc
let screen: HomeSnapshot
beforeEach(() => {
  doc = new Y.Doc()
  screen = {
    version: HOME_SNAPSHOT_VERSION,
    ...WANTED,
    rooms: [],
    roomCount: 0,
    webinars: [],
    webinarCount: 0,
    hasDeleted: false
  }
})

const snapshot = (kind: 'room' | 'webinar', id: string): SnapshotItem => ({
  id,
  entries: entriesOf(doc, { kind, id }),
  lastUsedAt: 7,
  unsynced: true
})
const webinarAt = (name: string, startsAt: string) =>
  createWebinar(doc, { name, schedule: { startsAt, timeZone: 'Europe/Berlin', minutes: 30 } }, 1)

test('items are read as the document has them, in the order that they were shown in', () => {
  const ids = ['One', 'Two'].map((name, at) => createRoom(doc, { name, cover: { preset: 'dusk' } }, at))
  const rooms = ids.map(id => snapshot('room', id))
  const items = readSnapshotItems({ ...screen, rooms: structuredClone(rooms), roomCount: 1_000 }, WANTED)
  expect(items?.rooms).toEqual(ids.map(id => readItem(doc, { kind: 'room', id })))
  expect(items?.roomCount).toBe(1_000)
  expect(items?.lastUsedAt(ids[1]!)).toBe(7)
  expect(items?.isUnsynced(ids[1]!)).toBe(true)
  expect(items?.isUnsynced('another')).toBe(false)
})

test('a webinar that has ended since comes after those that have not', () => {
  const ids = [webinarAt('First', '2026-12-01T10:00'), webinarAt('Second', '2026-12-02T10:00')]
  const items = readSnapshotItems({ ...screen, webinars: ids.map(id => snapshot('webinar', id)) }, WANTED)
  const names = (now: string) => items?.webinars(Date.parse(now)).map(({ name }) => name)
  expect(names('2026-12-01T09:20Z')).toEqual(['First', 'Second'])
  expect(names('2026-12-01T09:40Z')).toEqual(['Second', 'First'])
})

test('what is no item is left out', () => {
  const id = createRoom(doc, { name: 'One' }, 1)
  const rooms = [snapshot('room', id), { ...snapshot('room', id), id: 'x', entries: { name: [7, 1] } }]
  expect(readSnapshotItems({ ...screen, rooms }, WANTED)).toMatchObject({ roomCount: 1, rooms: [{ id }] })
})

test('another workspace’s, order’s or version’s is none', () => {
  expect(readSnapshotItems(screen, WANTED)).not.toBeNull()
  expect(readSnapshotItems(undefined, WANTED)).toBeNull()
  expect(readSnapshotItems(screen, { ...WANTED, workspaceId: 'another' })).toBeNull()
  expect(readSnapshotItems(screen, { ...WANTED, view: 'name en-GB' })).toBeNull()
  expect(readSnapshotItems({ ...screen, version: 0 } as unknown as HomeSnapshot, WANTED)).toBeNull()
})
