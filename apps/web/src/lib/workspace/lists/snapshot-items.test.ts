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

const snapshotItem = (kind: 'room' | 'webinar', id: string): SnapshotItem => ({
  id,
  entries: entriesOf(doc, { kind, id }),
  lastUsedAt: 7,
  unsynced: true
})
const webinarAt = (name: string, startsAt: string) =>
  createWebinar(doc, { name, schedule: { startsAt, timeZone: 'Europe/Berlin', minutes: 30 } }, 1)

test('items are read as in the document, in the order shown', () => {
  const ids = ['One', 'Two'].map((name, at) => createRoom(doc, { name, cover: { preset: 'dusk' } }, at))
  const rooms = ids.map(id => snapshotItem('room', id))
  const items = readSnapshotItems({ ...screen, rooms: structuredClone(rooms), roomCount: 1_000 }, WANTED)
  expect(items?.rooms).toEqual(ids.map(id => readItem(doc, { kind: 'room', id })))
  expect(items?.roomCount).toBe(1_000)
  expect(items?.lastUsedAt(ids[1]!)).toBe(7)
  expect(items?.isUnsynced(ids[1]!)).toBe(true)
  expect(items?.isUnsynced('another')).toBe(false)
})

test('webinars that have ended meanwhile come last', () => {
  const ids = [webinarAt('First', '2026-12-01T10:00'), webinarAt('Second', '2026-12-02T10:00')]
  const items = readSnapshotItems({ ...screen, webinars: ids.map(id => snapshotItem('webinar', id)) }, WANTED)
  const names = (now: string) => items?.webinars(Date.parse(now)).map(({ name }) => name)
  expect(names('2026-12-01T09:20Z')).toEqual(['First', 'Second'])
  expect(names('2026-12-01T09:40Z')).toEqual(['Second', 'First'])
})

test('invalid items are left out', () => {
  const id = createRoom(doc, { name: 'One' }, 1)
  const rooms = [
    snapshotItem('room', id),
    { ...snapshotItem('room', id), id: 'x', entries: { name: [7, 1] } }
  ]
  expect(readSnapshotItems({ ...screen, rooms }, WANTED)).toMatchObject({ roomCount: 1, rooms: [{ id }] })
})

test('snapshots of another workspace, order or version are ignored', () => {
  expect(readSnapshotItems(screen, WANTED)).not.toBeNull()
  expect(readSnapshotItems(undefined, WANTED)).toBeNull()
  expect(readSnapshotItems(screen, { ...WANTED, workspaceId: 'another' })).toBeNull()
  expect(readSnapshotItems(screen, { ...WANTED, view: 'name en-GB' })).toBeNull()
  expect(readSnapshotItems({ ...screen, version: 0 } as unknown as HomeSnapshot, WANTED)).toBeNull()
})
