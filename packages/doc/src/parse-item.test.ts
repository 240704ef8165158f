import { beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { exportItems, picturesOf } from './export-items.ts'
import { checkEntry } from './guard.ts'
import { createWebinar, editItem } from './mutations.ts'
import { parseExportedItem } from './parse-item.ts'
import { readInstant } from './zoned-time.ts'

const IMAGE = 'a'.repeat(64)
let raw: Record<string, unknown>
beforeEach(() => {
  const doc = new Y.Doc()
  const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
  const id = createWebinar(doc, { name: 'Launch', schedule }, Date.UTC(2026, 0, 2))
  editItem(doc, { kind: 'webinar', id }, { look: { accent: '#aabbcc', logo: IMAGE } }, 5)
  raw = [...exportItems(doc, 'webinar', () => Date.UTC(2026, 0, 3))][0]!
})
const faults = (value: unknown) => {
  const result = parseExportedItem('webinar', value, 10)
  return 'faults' in result ? result.faults : []
}

it('is human-readable', () => {
  expect(raw).toMatchObject({
    name: 'Launch',
    access: 'ask',
    createdAt: '2026-01-02T00:00:00.000Z',
    lastUsedAt: '2026-01-03T00:00:00.000Z',
    links: { epoch: 1 },
    edited: { createdAt: Date.UTC(2026, 0, 2), look: 5 }
  })
  expect(Object.keys(raw)).not.toContain('lobby')
})

it('names the pictures that an item shows, each once', () => {
  const look = { accent: '#aabbcc', logo: IMAGE }
  const cover = { image: 'b'.repeat(64), width: 1, height: 1 }
  expect(picturesOf({ look, cover, lobby: { layout: 'side', cover, logo: IMAGE } })).toEqual([
    'b'.repeat(64),
    IMAGE
  ])
  expect(picturesOf({ cover: { preset: 'dawn' }, look: null, lobby: null })).toEqual([])
})

it('a field without an edit time counts as edited when the file was made', () => {
  const result = parseExportedItem('webinar', { ...raw, edited: {} }, 10)
  expect('item' in result && result.item.entries.name).toEqual(['Launch', 10])
})

it('clamps creation and deletion to the time of the file', () => {
  const times = { createdAt: '2999-01-01T00:00:00Z', deletedAt: '2999-01-01T00:00:00Z' }
  const result = parseExportedItem('webinar', { ...raw, ...times, edited: {} }, 10)
  expect('item' in result && result.item.entries).toMatchObject({ created: [10, 10], deletedAt: [10, 10] })
})

it.each([
  ['', 'item', 5],
  ['', 'item', null],
  ['', 'item', []]
])('tells what is no item at all', (path, expected, found) => {
  expect(faults(found)).toEqual([{ path, expected, found }])
})

it.each([
  ['id', 'id', { id: 'short' }],
  ['id', 'id', { id: 'with/a/slash' }],
  ['name', 'name', { name: ' ' }],
  ['name', 'name', { name: undefined }],
  ['access', 'access', { access: 'everybody' }],
  ['createdAt', 'time', { createdAt: 5 }],
  ['createdAt', 'time', { createdAt: 'soon' }],
  ['createdAt', 'time', { createdAt: null }],
  ['lastUsedAt', 'time', { lastUsedAt: 'never' }],
  ['deletedAt', 'deletedAt', { deletedAt: '1966-01-01T00:00:00Z' }],
  ['deletedAt', 'deletedAt', { deletedAt: '1970-01-01T00:00:00.000Z' }],
  ['links.slug', 'slug', { links: { slug: 'Weekly', epoch: 1 } }],
  ['links.epoch', 'epoch', { links: { slug: 'weekly-abcdefghij' } }],
  ['links', 'links', { links: null }],
  ['cover', 'cover', { cover: { preset: 5 } }],
  ['look.accent', 'colour', { look: { accent: 'red' } }],
  ['look.logo', 'picture', { look: { accent: '#aabbcc', logo: 'x.png' } }],
  ['look.colour', 'nothing', { look: { accent: '#aabbcc', colour: 'red' } }],
  ['lobby.message', 'message', { lobby: { layout: 'side', message: 'x'.repeat(501) } }],
  [
    'schedule.timeZone',
    'timeZone',
    { schedule: { startsAt: '2026-12-01T10:00', timeZone: 'x'.repeat(65), minutes: 5 } }
  ],
  [
    'schedule',
    'schedule',
    { schedule: { startsAt: '2026-02-30T02:30', timeZone: 'Europe/Berlin', minutes: 5 } }
  ],
  ['description', 'description', { description: 5 }],
  ['colour', 'nothing', { colour: 'red' }],
  ['edited', 'edited', { edited: [] }],
  ['edited.name', 'edited', { edited: { name: -1 } }]
])('tells that %s is not %s', (path, expected, change) => {
  expect(faults({ ...raw, ...change })).toMatchObject([{ path, expected }])
})

it('reports all faults at once', () => {
  expect(faults({ ...raw, name: '', access: 5 }).map(({ path }) => path)).toEqual(['name', 'access'])
})

it.each([
  ['a start that the clocks skip', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T03:30', 'Europe/Berlin'],
  ['a zone that is not known here', '2026-03-29T02:30', 'Mars/Base', '2026-03-29T02:30', 'UTC'],
  ['a zone that only engines know', '2026-03-29T02:30', 'BST', '2026-03-29T02:30', 'UTC']
])('%s is read as readers show it, and the guard takes it', (_what, startsAt, timeZone, start, zone) => {
  const found = { startsAt, timeZone, minutes: 5 }
  const written = { startsAt: start, timeZone: zone, minutes: 5 }
  const result = parseExportedItem('webinar', { ...raw, schedule: found }, 10)
  if (!('item' in result)) throw new Error(JSON.stringify(result.faults))
  expect(result.item.mended).toEqual({ found, written })
  const { schedule } = result.item.entries
  expect(schedule?.[0]).toEqual(written)
  expect(checkEntry('webinars', 'some-webinar/schedule', undefined, schedule)).toBeNull()
  expect(readInstant(start, zone)).toBe(readInstant(startsAt, timeZone))
})
