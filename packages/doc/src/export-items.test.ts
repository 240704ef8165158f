import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { exportItems } from './export-items.ts'
import { createRoom, editItem, purgeItem } from './mutations.ts'

const never = () => undefined

it('lists the oldest first', () => {
  const doc = new Y.Doc()
  createRoom(doc, { name: 'Later' }, 2_000)
  createRoom(doc, { name: 'Earlier' }, 1_000)
  expect([...exportItems(doc, 'room', never)].map(item => item['name'])).toEqual(['Earlier', 'Later'])
})

it('reads each item on request, and skips those deleted for good by then', () => {
  const doc = new Y.Doc()
  createRoom(doc, { name: 'First' }, 1_000)
  const second = createRoom(doc, { name: 'Second' }, 2_000)
  const third = createRoom(doc, { name: 'Third' }, 3_000)
  const items = exportItems(doc, 'room', never)
  expect(items.next().value?.['name']).toBe('First')
  purgeItem(doc, { kind: 'room', id: second })
  editItem(doc, { kind: 'room', id: third }, { name: 'Renamed' }, 4_000)
  expect([...items].map(item => item['name'])).toEqual(['Renamed'])
})
