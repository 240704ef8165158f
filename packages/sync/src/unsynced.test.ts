import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { countUnsynced } from './unsynced.ts'

it('S11 counts the fields written since the server was known to have all', () => {
  const doc = new Y.Doc()
  doc.getMap('rooms').set('a/name', ['A', 1])
  doc.getMap('rooms').set('a/access', ['ask', 1])
  expect(countUnsynced(doc, undefined)).toBe(2)
  const synced = Y.encodeStateVector(doc)
  expect(countUnsynced(doc, synced)).toBe(0)
  doc.getMap('rooms').set('a/name', ['B', 2])
  expect(countUnsynced(doc, synced)).toBe(1)
})

it('S11 counts nothing that only the server has', () => {
  const ahead = new Y.Doc()
  ahead.getMap('rooms').set('a/name', ['A', 1])
  const behind = new Y.Doc()
  Y.applyUpdate(behind, Y.encodeStateAsUpdate(ahead))
  ahead.getMap('rooms').set('a/name', ['B', 2])
  behind.getMap('rooms').set('b/name', ['C', 3])
  expect(countUnsynced(behind, Y.encodeStateVector(ahead))).toBe(1)
})
