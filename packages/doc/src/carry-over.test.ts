import { beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { carryOver, type Edit } from './carry-over.ts'
import { DOCUMENT_ROOTS, itemRoot } from './keys.ts'
import { createRoom, editItem } from './mutations.ts'
import { readItem, readItems } from './read.ts'
import type { Entry } from './entry.ts'
import { setUpWorkspace } from './workspace.ts'

let old: Y.Doc
let fresh: Y.Doc
let id: string
beforeEach(() => {
  old = new Y.Doc()
  setUpWorkspace(old, 'Team', 1)
  id = createRoom(old, { name: 'Clients' }, 1)
  fresh = copyOf(old)
})
/** The same entries without a shared Yjs history. */
const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc()
  for (const { root, key, entry } of allEdits(doc)) copy.getMap(root).set(key, entry)
  return copy
}
const allEdits = (doc: Y.Doc): Edit[] =>
  DOCUMENT_ROOTS.flatMap(root =>
    [...doc.getMap(root).entries()].map(([key, entry]): Edit => ({ root, key, entry }))
  )
const edit = (key: string, entry: unknown, root = 'rooms'): Edit => ({ root, key, entry })
const nameIn = (doc: Y.Doc) => readItem(doc, { kind: 'room', id })?.name

it('writes an edit with the time at which it was made', () => {
  const mine = edit(`${id}/name`, ['Customers', 5])
  expect(carryOver([mine], fresh)).toEqual({ kept: [mine], left: [] })
  expect(itemRoot(fresh, 'room').get(`${id}/name`)).toEqual(['Customers', 5])
})

it('skips entries that are already there, also on a second run', () => {
  editItem(old, { kind: 'room', id }, { name: 'Customers' }, 5)
  expect(carryOver(allEdits(old), fresh).kept).toHaveLength(1)
  const before = Y.encodeStateVector(fresh)
  expect(carryOver(allEdits(old), fresh)).toEqual({ kept: [], left: [] })
  expect(Y.encodeStateVector(fresh)).toEqual(before)
})

it('keeps a later edit', () => {
  editItem(fresh, { kind: 'room', id }, { name: 'Theirs' }, 9)
  expect(carryOver([edit(`${id}/name`, ['Mine', 5])], fresh)).toEqual({ kept: [], left: [] })
  expect(nameIn(fresh)).toBe('Theirs')
})

it('recreates an item only with its creation', () => {
  const other = createRoom(old, { name: 'Made here' }, 5)
  const edits = allEdits(old).filter(({ key }) => key.startsWith(other))
  expect(carryOver(edits.reverse(), fresh).kept).toHaveLength(5)
  expect(readItem(fresh, { kind: 'room', id: other })).toEqual(readItem(old, { kind: 'room', id: other }))

  const undone = edit('a-room-that-was-undone/name', ['Renamed', 5])
  expect(carryOver([undone], fresh)).toEqual({ kept: [], left: [undone] })
  expect(readItems(fresh, 'room')).toHaveLength(2)
  expect(itemRoot(fresh, 'room').has(undone.key)).toBe(false)
})

it.each([
  ['a value that the guard refuses', 'name', ['', 5]],
  ['what is no entry', 'name', 'Customers'],
  ['an unknown field', 'colour', ['red', 5]],
  ['another slug of the same epoch', 'links', [{ slug: 'other-abcdefghij', epoch: 1 }, 5]],
  ['another making', 'created', [7, 5]]
])('leaves %s, and writes what else there is', (_what, field, entry) => {
  const bad = edit(`${id}/${field}`, entry)
  const good = edit(`${id}/access`, ['open', 5])
  expect(carryOver([bad, good], fresh)).toEqual({ kept: [good], left: [bad] })
})

it('leaves edits of an unknown root', () => {
  const bad = edit('a', ['x', 5] satisfies Entry, 'secrets')
  expect(carryOver([bad], fresh)).toEqual({ kept: [], left: [bad] })
  expect([...fresh.share.keys()]).not.toContain('secrets')
})

it('carries the fields of the workspace itself', () => {
  const mine = edit('name', ['Our team', 5], 'workspace')
  expect(carryOver([mine], fresh).kept).toEqual([mine])
})
