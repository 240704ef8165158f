import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  copyItems,
  createRoom,
  createWebinar,
  deleteForGood,
  duplicateItem,
  editItem,
  purgeItem,
  resetLinks
} from './mutations.ts'
import { createItemIndex } from './item-index.ts'
import { itemRoot } from './keys.ts'
import { itemKeys, readItem, readItems } from './read.ts'
import { InvalidValueError } from './refusals.ts'
import type { ItemRef } from './item-kinds.ts'
import { MAX_EPOCH } from './schema.ts'

const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
const NOW = 1_800_000_000_000

let doc: Y.Doc
let updates: number
beforeEach(() => {
  doc = new Y.Doc()
  updates = 0
  doc.on('update', () => updates++)
})
const roomRef = (id: string): ItemRef => ({ kind: 'room', id })
const entryOf = (id: string, field: string) => itemRoot(doc, 'room').get(`${id}/${field}`)

describe('creating an item', () => {
  it('writes a room at once, with links and defaults', () => {
    const id = createRoom(doc, { name: '  Weekly ' }, NOW)
    expect(updates).toBe(1)
    expect(id).toMatch(/^[\w-]{21}$/)
    expect(readItem(doc, roomRef(id))).toEqual({
      kind: 'room',
      id,
      createdAt: NOW,
      slug: expect.stringMatching(/^weekly-[a-z2-7]{10}$/) as string,
      epoch: 1,
      name: 'Weekly',
      access: 'ask',
      cover: { preset: 'dawn' },
      look: null,
      lobby: null,
      deletedAt: null
    })
  })

  it('computes when a webinar starts and ends', () => {
    const id = createWebinar(doc, { name: 'Launch', schedule, description: ' All of it. ' }, NOW)
    expect(readItem(doc, { kind: 'webinar', id })).toMatchObject({
      schedule,
      startsAt: Date.parse('2026-12-01T09:00Z'),
      endsAt: Date.parse('2026-12-01T09:45Z'),
      description: 'All of it.'
    })
  })

  it.each([
    ['a blank name', () => createRoom(doc, { name: ' ' }, NOW), InvalidValueError],
    [
      'a bad schedule',
      () => createWebinar(doc, { name: 'A', schedule: { ...schedule, minutes: 0 } }, NOW),
      InvalidValueError
    ],
    ['a time that is none', () => createRoom(doc, { name: 'A' }, NaN), RangeError],
    ['a time between two ms', () => createRoom(doc, { name: 'A' }, 0.5), RangeError]
  ])('refuses %s and writes nothing', (_what, make, error) => {
    expect(make).toThrow(error)
    expect(updates).toBe(0)
  })

  it('writes no text that other replicas would read differently', () => {
    const id = createRoom(doc, { name: 'Half \ud83d' }, NOW)
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    expect(readItem(doc, roomRef(id))?.name).toBe(readItem(other, roomRef(id))?.name)
  })
})

describe('editItem', () => {
  it('writes only the changed fields, with the time of the edit', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    editItem(doc, roomRef(id), { name: 'Daily', access: 'ask' }, NOW + 5)
    expect(entryOf(id, 'name')).toEqual(['Daily', NOW + 5])
    expect(entryOf(id, 'access')).toEqual(['ask', NOW])
    expect(updates).toBe(2)
    editItem(doc, roomRef(id), { name: 'Daily' }, NOW + 9)
    expect(updates).toBe(2)
  })

  it('is later than the edit it replaces, even with a clock that is behind', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    editItem(doc, roomRef(id), { name: 'Daily' }, NOW - 60_000)
    expect(entryOf(id, 'name')).toEqual(['Daily', NOW + 1])
  })

  it('survives an edit time at the end of the date range', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    itemRoot(doc, 'room').set(`${id}/name`, ['Poisoned', 8.64e15])
    editItem(doc, roomRef(id), { name: 'Daily' }, NOW)
    expect(readItem(doc, roomRef(id))?.name).toBe('Daily')
  })

  it('writes all or nothing', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    expect(() => {
      editItem(doc, roomRef(id), { access: 'open', name: '' }, NOW)
    }).toThrow(InvalidValueError)
    expect(entryOf(id, 'access')?.[0]).toBe('ask')
  })

  it('refuses an item that does not exist', () => {
    expect(() => {
      editItem(doc, roomRef('nothing-here'), { name: 'A' }, NOW)
    }).toThrow(expect.objectContaining({ code: 'item-missing' }))
  })
})

it('resetLinks makes a new slug from the current name and raises the epoch', () => {
  const id = createRoom(doc, { name: 'Weekly' }, NOW)
  const before = readItem(doc, roomRef(id))
  editItem(doc, roomRef(id), { name: 'Daily' }, NOW)
  expect(readItem(doc, roomRef(id))?.slug).toBe(before?.slug)
  resetLinks(doc, roomRef(id), NOW)
  const after = readItem(doc, roomRef(id))
  expect(after).toMatchObject({ epoch: 2 })
  expect(after?.slug).toMatch(/^daily-/)
})

it('resetLinks refuses an item whose epoch cannot rise', () => {
  const id = createRoom(doc, { name: 'Weekly' }, NOW)
  itemRoot(doc, 'room').set(`${id}/links`, [{ slug: 'weekly-abcdefghij', epoch: MAX_EPOCH }, NOW])
  expect(() => {
    resetLinks(doc, roomRef(id), NOW)
  }).toThrow(InvalidValueError)
  expect(readItem(doc, roomRef(id))?.epoch).toBe(MAX_EPOCH)
})

it('purgeItem removes one item and leaves the others', () => {
  const gone = createRoom(doc, { name: 'Gone' }, NOW)
  editItem(doc, roomRef(gone), { look: { accent: '#aabbcc' }, deletedAt: NOW }, NOW)
  const kept = createRoom(doc, { name: 'Kept' }, NOW)
  purgeItem(doc, roomRef(gone))
  expect(itemKeys(doc, roomRef(gone))).toEqual([])
  expect(readItems(doc, 'room').map(({ id }) => id)).toEqual([kept])
})

describe('duplicateItem', () => {
  it('copies a room’s settings, with new links and times', () => {
    const look = { accent: '#aabbcc', welcome: 'Hello' }
    const lobby = { layout: 'side' as const, message: 'Soon' }
    const id = createRoom(doc, { name: 'Weekly', access: 'team', cover: { preset: 'dusk' } }, NOW)
    editItem(doc, roomRef(id), { look, lobby }, NOW)
    updates = 0
    const copy = duplicateItem(doc, roomRef(id), 'Weekly (copy)', NOW + 5)
    expect(updates).toBe(1)
    expect(readItem(doc, roomRef(copy))).toEqual({
      ...readItem(doc, roomRef(id)),
      id: copy,
      createdAt: NOW + 5,
      slug: expect.stringMatching(/^weekly-copy-[a-z2-7]{10}$/) as string,
      name: 'Weekly (copy)'
    })
  })

  it('copies a webinar’s schedule and description', () => {
    const id = createWebinar(doc, { name: 'Launch', schedule, description: 'All of it.' }, NOW)
    resetLinks(doc, { kind: 'webinar', id }, NOW)
    const copy = duplicateItem(doc, { kind: 'webinar', id }, 'Launch (copy)', NOW)
    expect(readItem(doc, { kind: 'webinar', id: copy })).toMatchObject({
      schedule,
      description: 'All of it.',
      epoch: 1
    })
  })

  it('refuses a bad name and an item that does not exist', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    updates = 0
    expect(() => duplicateItem(doc, roomRef(id), ' ', NOW)).toThrow(InvalidValueError)
    expect(() => duplicateItem(doc, roomRef('nothing-here'), 'A', NOW)).toThrow(InvalidValueError)
    expect(updates).toBe(0)
  })
})

describe('deleteForGood', () => {
  it('removes an item from every list at once, even without a server', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    const index = createItemIndex(doc)
    editItem(doc, roomRef(id), { deletedAt: NOW }, NOW)
    expect(index.items('room').has(id)).toBe(true)
    deleteForGood(doc, roomRef(id), NOW + 1)
    expect(index.items('room').has(id)).toBe(false)
    expect(createItemIndex(doc).items('room').size).toBe(0)
  })

  it('leaves the entries that the server needs to purge the item', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    deleteForGood(doc, roomRef(id), NOW + 1)
    expect(entryOf(id, 'deletedAt')).toEqual([0, NOW + 1])
    expect(readItems(doc, 'room')).toMatchObject([{ id, deletedAt: 0 }])
  })

  it('is final: the item cannot be edited, restored, copied or deleted again', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    deleteForGood(doc, roomRef(id), NOW)
    for (const again of [
      () => editItem(doc, roomRef(id), { deletedAt: null }, NOW),
      () => deleteForGood(doc, roomRef(id), NOW),
      () => resetLinks(doc, roomRef(id), NOW),
      () => duplicateItem(doc, roomRef(id), 'A', NOW)
    ]) {
      expect(again).toThrow(expect.objectContaining({ code: 'item-missing' }))
    }
    expect(copyItems(doc, new Y.Doc())).toBe(0)
  })
})

describe('copyItems', () => {
  it('copies missing items unchanged', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    const webinar = createWebinar(doc, { name: 'Launch', schedule }, NOW)
    const to = new Y.Doc()
    expect(copyItems(doc, to)).toBe(2)
    expect(readItem(to, roomRef(id))).toEqual(readItem(doc, roomRef(id)))
    expect(readItem(to, { kind: 'webinar', id: webinar })).toEqual(
      readItem(doc, { kind: 'webinar', id: webinar })
    )
    expect(copyItems(doc, to)).toBe(0)
  })

  it('changes nothing of an item that both have', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    const to = new Y.Doc()
    copyItems(doc, to)
    editItem(doc, roomRef(id), { name: 'Daily', deletedAt: NOW }, NOW)
    expect(copyItems(doc, to)).toBe(0)
    expect(readItem(to, roomRef(id))).toMatchObject({ name: 'Weekly', deletedAt: null })
  })
})
