import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createItemIndex, type ItemIndex } from './item-index.ts'
import { createRoom, createWebinar, editItem, purgeItem } from './mutations.ts'

let doc: Y.Doc
let one: string
let two: string
let index: ItemIndex
beforeEach(() => {
  doc = new Y.Doc()
  one = createRoom(doc, { name: 'One' }, 1)
  two = createRoom(doc, { name: 'Two' }, 2)
  index = createItemIndex(doc)
})
const rename = (id: string, name: string) => {
  editItem(doc, { kind: 'room', id }, { name }, 9)
}

describe('an item index', () => {
  it('starts with the existing items', () => {
    expect([...index.items('room').values()].map(({ name }) => name)).toEqual(['One', 'Two'])
  })

  it('rereads only the changed item, and reports its id', () => {
    const heard = vi.fn()
    index.subscribe(heard)
    const [before, other] = [index.items('room').get(one), index.items('room').get(two)]
    rename(one, 'New')
    expect(index.items('room').get(one)).toMatchObject({ name: 'New' })
    expect(before).toMatchObject({ name: 'One' })
    expect(index.items('room').get(two)).toBe(other)
    expect(heard.mock.calls).toEqual([[{ kind: 'room', ids: new Set([one]) }]])
  })

  it('reports changes by kind', () => {
    const heard = vi.fn()
    index.subscribe(heard)
    const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
    const launch = createWebinar(doc, { name: 'Launch', schedule }, 3)
    // The index had none of this kind, so all are read.
    expect(heard.mock.calls).toEqual([[{ kind: 'webinar', ids: null }]])
    expect([...index.items('webinar').keys()]).toEqual([launch])
  })

  it('follows created and deleted items', () => {
    const three = createRoom(doc, { name: 'Three' }, 3)
    purgeItem(doc, { kind: 'room', id: one })
    expect([...index.items('room').keys()].sort()).toEqual([two, three].sort())
  })

  it('reads a document that is loaded at once', () => {
    const late = new Y.Doc()
    const itsIndex = createItemIndex(late)
    Y.applyUpdate(late, Y.encodeStateAsUpdate(doc))
    expect(itsIndex.items('room')).toEqual(index.items('room'))
  })

  it('drops purged items on a full reread', () => {
    const made: string[] = []
    doc.transact(() => {
      purgeItem(doc, { kind: 'room', id: one })
      for (const name of ['Three', 'Four']) made.push(createRoom(doc, { name }, 3))
    })
    expect([...index.items('room').keys()].sort()).toEqual([two, ...made].sort())
  })

  it('notifies listeners once per transaction, until they unsubscribe', () => {
    const heard = vi.fn()
    const end = index.subscribe(heard)
    doc.transact(() => {
      rename(one, 'A')
      rename(two, 'B')
    })
    expect(heard).toHaveBeenCalledTimes(1)
    end()
    rename(one, 'C')
    expect(heard).toHaveBeenCalledTimes(1)
  })

  it('stops following once destroyed', () => {
    index.destroy()
    rename(one, 'New')
    expect(index.items('room').get(one)).toMatchObject({ name: 'One' })
  })
})
