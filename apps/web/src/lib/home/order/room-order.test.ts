import { createRoom, readItems, type Room } from '@foyer/doc'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { fold } from '#lib/intl/fold.ts'
import { createNameSort, createNewestSort } from './room-order.ts'

const rooms = (...names: string[]): Room[] => {
  const doc = new Y.Doc()
  names.forEach((name, at) => createRoom(doc, { name }, 1_000 + at))
  return readItems(doc, 'room')
}
const namesOf = (sorted: Room[]) => sorted.map(({ name }) => name)

test('by name: numbers sort by value, accented letters next to plain ones', () => {
  const sort = createNameSort(({ name }) => fold(name))
  const list = rooms('Zoo', 'Room 10', 'émile', 'Room 2', 'Emma', 'alpha')
  expect(namesOf(sort(list))).toEqual(['alpha', 'émile', 'Emma', 'Room 2', 'Room 10', 'Zoo'])
  const [added] = rooms('Room 3')
  if (added === undefined) throw new Error('no room')
  expect(namesOf(sort([added, ...list]))).toEqual([
    ...['alpha', 'émile', 'Emma', 'Room 2', 'Room 3', 'Room 10', 'Zoo']
  ])
})

test('by age: newest first', () => {
  expect(namesOf(createNewestSort()(rooms('first', 'second', 'third')))).toEqual(['third', 'second', 'first'])
})
