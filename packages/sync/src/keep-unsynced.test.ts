import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { keepUnsynced } from './keep-unsynced.ts'

/** A document in which another replica's value has won over one of its own. */
const overruled = (stored: () => Map<number, number>) => {
  const mine = new Y.Doc()
  mine.clientID = 1
  keepUnsynced(mine, stored)
  const theirs = new Y.Doc()
  theirs.clientID = 2 // the higher one wins
  mine.getMap('rooms').set('a/name', ['Mine', 2])
  theirs.getMap('rooms').set('a/name', ['Theirs', 1])
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  return mine
}
const valuesOf = (doc: Y.Doc): unknown[] =>
  Y.decodeUpdate(Y.encodeStateAsUpdate(doc)).structs.flatMap(struct =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentAny
      ? (struct.content.arr as unknown[])
      : []
  )

it('S25: a value that was overwritten before the server had it is still sent', () => {
  const doc = overruled(() => new Map())
  expect(doc.getMap('rooms').get('a/name')).toEqual(['Theirs', 1])
  expect(valuesOf(doc)).toContainEqual(['Mine', 2])
})

it('S25: a value that the server has is garbage collected', () => {
  const doc = overruled(() => new Map([[1, 1]]))
  expect(valuesOf(doc)).toEqual([['Theirs', 1]])
})
