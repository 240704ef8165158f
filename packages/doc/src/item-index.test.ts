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
  it('begins with what is there', () => {
    expect([...index.items('room').values()].map(({ name }) => name)).toEqual(['One', 'Two'])
  })

  it('reads one item after one change, keeps the others as they are, and says which it was', () => {
    const heard = vi.fn()
    index.subscribe(heard)
    const [before, other] = [index.items('room').get(one), index.items('room').get(two)]
    rename(one, 'New')
    expect(index.items('room').get(one)).toMatchObject({ name: 'New' })
    expect(before).toMatchObject({ name: 'One' })
    expect(index.items('room').get(two)).toBe(other)
    expect(heard.mock.calls).toEqual([[{ kind: 'room', ids: new Set([one]) }]])
  })

  it('tells a change of one kind as such', () => {
    const heard = vi.fn()
    index.subscribe(heard)
    const schedule = { startsAt: '2026-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
    const launch = createWebinar(doc, { name: 'Launch', schedule }, 3)
    // There was none: all of them are read.
    expect(heard.mock.calls).toEqual([[{ kind: 'webinar', ids: null }]])
    expect([...index.items('webinar').keys()]).toEqual([launch])
  })

  it('follows what comes and goes', () => {
    const three = createRoom(doc, { name: 'Three' }, 3)
    purgeItem(doc, { kind: 'room', id: one })
    expect([...index.items('room').keys()].sort()).toEqual([two, three].sort())
  })

  it('takes a whole document that is loaded at once', () => {
    const late = new Y.Doc()
    const itsIndex = createItemIndex(late)
    Y.applyUpdate(late, Y.encodeStateAsUpdate(doc))
    expect(itsIndex.items('room')).toEqual(index.items('room'))
  })

  it('has nothing that is gone after so many changes at once that all is read anew', () => {
    const made: string[] = []
    doc.transact(() => {
      purgeItem(doc, { kind: 'room', id: one })
      for (const name of ['Three', 'Four']) made.push(createRoom(doc, { name }, 3))
    })
    expect([...index.items('room').keys()].sort()).toEqual([two, ...made].sort())
  })

  it('tells its listeners once a transaction, until they end it', () => {
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

  it('follows no more once it is destroyed', () => {
    index.destroy()
    rename(one, 'New')
    expect(index.items('room').get(one)).toMatchObject({ name: 'One' })
  })
})
