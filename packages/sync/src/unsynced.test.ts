import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { stateVectorOf } from './state-vector.ts'
import { keepUnsynced } from './keep-unsynced.ts'
import { countUnsynced, unsyncedKeys, unsyncedValues } from './unsynced.ts'

const NOTHING = new Map<number, number>()

describe('countUnsynced', () => {
  it('S11 counts the fields written since the server was known to have all', () => {
    const doc = new Y.Doc()
    doc.getMap('rooms').set('a/name', ['A', 1])
    doc.getMap('rooms').set('a/access', ['ask', 1])
    expect(countUnsynced(doc, NOTHING)).toBe(2)
    const stored = stateVectorOf(doc)
    expect(countUnsynced(doc, stored)).toBe(0)
    doc.getMap('rooms').set('a/name', ['B', 2])
    expect(countUnsynced(doc, stored)).toBe(1)
  })

  it('S11 ignores what only the server has', () => {
    const ahead = new Y.Doc()
    ahead.getMap('rooms').set('a/name', ['A', 1])
    const behind = new Y.Doc()
    Y.applyUpdate(behind, Y.encodeStateAsUpdate(ahead))
    ahead.getMap('rooms').set('a/name', ['B', 2])
    behind.getMap('rooms').set('b/name', ['C', 3])
    expect(countUnsynced(behind, stateVectorOf(ahead))).toBe(1)
  })
})

describe('unsyncedKeys', () => {
  it('S11 lists keys beyond the state vector, of this map only', () => {
    const doc = new Y.Doc()
    const rooms = doc.getMap('rooms')
    expect(unsyncedKeys(rooms, NOTHING)).toEqual(new Set())
    rooms.set('a/name', ['A', 1])
    rooms.set('b/name', ['B', 1])
    doc.getMap('webinars').set('w/name', ['W', 1])
    expect(unsyncedKeys(rooms, NOTHING)).toEqual(new Set(['a/name', 'b/name']))
    const stored = stateVectorOf(doc)
    expect(unsyncedKeys(rooms, stored)).toEqual(new Set())
    rooms.set('b/name', ['B2', 2])
    doc.getMap('webinars').set('w/name', ['W2', 2])
    expect(unsyncedKeys(rooms, stored)).toEqual(new Set(['b/name']))
  })

  it('S11 skips a value that lost to one of the server', () => {
    const doc = new Y.Doc()
    doc.getMap('rooms').set('a/name', ['Mine', 1])
    const server = new Y.Doc()
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
    server.getMap('rooms').set('a/name', ['Put back', 2])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
    expect(unsyncedKeys(doc.getMap('rooms'), new Map([[server.clientID, 1]]))).toEqual(new Set())
  })

  it('S11 starts in the middle of a merged struct', () => {
    const doc = new Y.Doc()
    for (let i = 0; i < 5; i++) doc.getMap('rooms').set('a/name', [`A${i}`, i])
    // What was overwritten is one struct of four ticks now.
    expect(unsyncedKeys(doc.getMap('rooms'), new Map([[doc.clientID, 2]]))).toEqual(new Set(['a/name']))
  })
})

describe('unsyncedValues', () => {
  it('S25 includes a value that lost to one of the server', () => {
    const mine = new Y.Doc()
    mine.clientID = 1
    keepUnsynced(mine, () => NOTHING)
    const theirs = new Y.Doc()
    theirs.clientID = 2 // the higher one wins
    mine.getMap('rooms').set('a/name', ['Mine', 2])
    mine.getMap('rooms').set('b/name', ['B', 2])
    theirs.getMap('rooms').set('a/name', ['Theirs', 1])
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    expect(unsyncedValues(mine.getMap('rooms'), new Map([[2, 1]]))).toEqual([
      { key: 'a/name', value: ['Mine', 2] },
      { key: 'b/name', value: ['B', 2] }
    ])
    expect(unsyncedKeys(mine.getMap('rooms'), new Map([[2, 1]]))).toEqual(new Set(['b/name']))
  })
})
