import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { copyItems, createRoom, createWebinar, editItem, purgeItem, resetLinks } from './mutations.ts'
import { itemKeys, itemRoot, readItem, readItems } from './read.ts'
import { InvalidValueError, type ItemRef } from './schema.ts'

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

describe('making an item', () => {
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

  it('works out when a webinar starts and ends', () => {
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

  it('writes no text that other replicas would read otherwise', () => {
    const id = createRoom(doc, { name: 'Half \ud83d' }, NOW)
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    expect(readItem(doc, roomRef(id))?.name).toBe(readItem(other, roomRef(id))?.name)
  })
})

describe('editItem', () => {
  it('writes the changed fields alone, with the time of the edit', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    editItem(doc, roomRef(id), { name: 'Daily', access: 'ask' }, NOW + 5)
    expect(entryOf(id, 'name')).toEqual(['Daily', NOW + 5])
    expect(entryOf(id, 'access')).toEqual(['ask', NOW])
    expect(updates).toBe(2)
    editItem(doc, roomRef(id), { name: 'Daily' }, NOW + 9)
    expect(updates).toBe(2)
  })

  it('is later than the edit it saw, also by a clock that is behind', () => {
    const id = createRoom(doc, { name: 'Weekly' }, NOW)
    editItem(doc, roomRef(id), { name: 'Daily' }, NOW - 60_000)
    expect(entryOf(id, 'name')).toEqual(['Daily', NOW + 1])
  })

  it('does not lose an item to a time beyond all dates', () => {
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
    }).toThrow('This room does not exist any more.')
  })
})

it('resetLinks gives a new slug of the present name and raises the epoch', () => {
  const id = createRoom(doc, { name: 'Weekly' }, NOW)
  const before = readItem(doc, roomRef(id))
  editItem(doc, roomRef(id), { name: 'Daily' }, NOW)
  expect(readItem(doc, roomRef(id))?.slug).toBe(before?.slug)
  resetLinks(doc, roomRef(id), NOW)
  const after = readItem(doc, roomRef(id))
  expect(after).toMatchObject({ epoch: 2 })
  expect(after?.slug).toMatch(/^daily-/)
})

it('resetLinks leaves an item alone whose epoch cannot rise', () => {
  const id = createRoom(doc, { name: 'Weekly' }, NOW)
  itemRoot(doc, 'room').set(`${id}/links`, [{ slug: 'weekly-abcdefghij', epoch: 1e9 }, NOW])
  expect(() => {
    resetLinks(doc, roomRef(id), NOW)
  }).toThrow(InvalidValueError)
  expect(readItem(doc, roomRef(id))?.epoch).toBe(1e9)
})

it('purgeItem takes one item out and leaves the others', () => {
  const gone = createRoom(doc, { name: 'Gone' }, NOW)
  editItem(doc, roomRef(gone), { look: { accent: '#aabbcc' }, deletedAt: NOW }, NOW)
  const kept = createRoom(doc, { name: 'Kept' }, NOW)
  purgeItem(doc, roomRef(gone))
  expect(itemKeys(doc, roomRef(gone))).toEqual([])
  expect(readItems(doc, 'room').map(({ id }) => id)).toEqual([kept])
})

describe('copyItems', () => {
  it('copies what the other document does not have, as it is', () => {
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
