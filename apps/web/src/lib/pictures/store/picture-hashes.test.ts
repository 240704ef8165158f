import { createRoom, editItem, readItem } from '@foyer/doc'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { picturesIn } from './picture-hashes.ts'

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)]
const picture = (image: string) => ({ image, width: 16, height: 9 })

test('lists the items that use each picture, including deleted ones', () => {
  const doc = new Y.Doc()
  createRoom(doc, { name: 'One', cover: picture(A) }, 1)
  const id = createRoom(doc, { name: 'Two', cover: picture(A) }, 1)
  editItem(doc, readItem(doc, { kind: 'room', id })!, { deletedAt: 2, lobby: { layout: 'side', logo: B } }, 2)
  expect([...picturesIn(doc)].map(([hash, names]) => [hash, names.toSorted()])).toEqual([
    [A, ['One', 'Two']],
    [B, ['Two']]
  ])
})
