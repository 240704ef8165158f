import { beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createItemIndex } from './item-index.ts'
import { createRoom, createWebinar } from './mutations.ts'
import { itemRoot } from './keys.ts'
import { readItem, readItems } from './read.ts'
import type { Entry } from './entry.ts'

let doc: Y.Doc
let id: string
beforeEach(() => {
  doc = new Y.Doc()
  id = createRoom(doc, { name: 'Weekly' }, 1)
})
const put = (key: string, entry: unknown) => itemRoot(doc, 'room').set(key, entry as Entry)
const rooms = () => readItems(doc, 'room')

it.each([
  ['created', ['1', 1]],
  ['created', 1],
  ['links', [{ slug: 'Weekly' }, 1]],
  ['name', ['', 1]],
  ['name', ['Weekly', 'now']]
])('an item whose %s is %j does not exist', (field, entry) => {
  put(`${id}/${field}`, entry)
  expect(readItem(doc, { kind: 'room', id })).toBeUndefined()
  expect(rooms()).toEqual([])
})

it.each([
  ['access', ['everybody', 1], { access: 'ask' }],
  ['cover', [{ preset: '<svg>' }, 1], { cover: { preset: 'dawn' } }],
  ['look', 'red', { look: null }],
  ['lobby', [{ layout: 'side', script: '' }, 1], { lobby: null }],
  ['deletedAt', [new Date(0), 1], { deletedAt: null }],
  ['colour', ['red', 1], {}]
])('an optional %s that is %j reads as its default', (field, entry, expected) => {
  put(`${id}/${field}`, entry)
  expect(rooms()).toMatchObject([{ id, name: 'Weekly', ...expected }])
})

const SCHEDULE = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
const putSchedule = (schedule: object) => {
  const webinar = createWebinar(doc, { name: 'Launch', schedule: SCHEDULE }, 1)
  itemRoot(doc, 'webinar').set(`${webinar}/schedule`, [{ ...SCHEDULE, ...schedule }, 2])
}

it.each([
  [{ startsAt: '2026-02-30T10:00' }],
  [{ startsAt: 'tomorrow' }],
  [{ minutes: 0 }],
  [{ timeZone: 7 }],
  [{ timeZone: 'x'.repeat(65) }]
])('a webinar whose schedule has %j does not exist', schedule => {
  putSchedule(schedule)
  expect(readItems(doc, 'webinar')).toEqual([])
})

it.each([
  [{ startsAt: '2026-03-29T02:30' }, '2026-03-29T01:30Z'],
  [{ timeZone: 'Mars/Base' }, '2026-12-01T10:00Z']
])('a webinar is not taken away by what another engine knows of zones: %j', (schedule, startsAt) => {
  putSchedule(schedule)
  expect(readItems(doc, 'webinar')).toMatchObject([
    { startsAt: Date.parse(startsAt), endsAt: Date.parse(startsAt) + 45 * 60_000, schedule }
  ])
})

it('reads all items as it reads each one, whatever else is in the map', () => {
  const other = createRoom(doc, { name: 'Other' }, 2)
  put(`${id}/access`, ['open', 3])
  for (const field of ['created', 'links', 'name'])
    put(`/${field}`, itemRoot(doc, 'room').get(`${id}/${field}`))
  put('nothing', ['x', 1])
  put(`${id}/__proto__`, { look: [{ accent: '#aabbcc' }, 1] })
  put(`${other}/name`, ['Renamed', 4])
  put('only-a-name/name', ['Half', 1])
  const ids = [id, other]
  expect(rooms()).toEqual(ids.map(id => readItem(doc, { kind: 'room', id })))
})

it('ignores keys of three parts, in the list and in the index', () => {
  const index = createItemIndex(doc)
  for (const field of ['created', 'links', 'name']) {
    put(`${id}/deep/${field}`, itemRoot(doc, 'room').get(`${id}/${field}`))
  }
  expect(rooms().map(item => item.id)).toEqual([id])
  expect([...index.items('room').keys()]).toEqual([id])
})

it('is not fooled by a prototype from a decoded update', () => {
  // A key "__proto__" in an encoded object becomes its prototype.
  put(`${id}/cover`, [JSON.parse('{"__proto__":{"preset":"dusk"}}'), 1])
  const replica = new Y.Doc()
  Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc))
  expect(readItems(replica, 'room')).toMatchObject([{ cover: { preset: 'dawn' } }])
})
