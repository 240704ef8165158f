import { createRoom, editItem, readItem } from '@foyer/doc'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { pictureHashesOf, picturesIn } from './picture-hashes.ts'

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(digit => digit.repeat(64)) as [string, string, string, string]
const picture = (image: string) => ({ image, width: 16, height: 9 })

test('an item refers to its cover, its logo and those of its lobby, each once', () => {
  const look = { accent: '#123456', logo: B }
  const lobby = { layout: 'side' as const, cover: picture(C), logo: D }
  expect(pictureHashesOf({ cover: picture(A), look, lobby })).toEqual([A, B, C, D])
  expect(pictureHashesOf({ cover: picture(A), look: { ...look, logo: A }, lobby: null })).toEqual([A])
  expect(pictureHashesOf({ cover: { preset: 'dawn' }, look: null, lobby: null })).toEqual([])
})

test('a document tells which items show each picture, deleted ones too', () => {
  const doc = new Y.Doc()
  createRoom(doc, { name: 'One', cover: picture(A) }, 1)
  const id = createRoom(doc, { name: 'Two', cover: picture(A) }, 1)
  editItem(doc, readItem(doc, { kind: 'room', id })!, { deletedAt: 2, lobby: { layout: 'side', logo: B } }, 2)
  expect([...picturesIn(doc)].map(([hash, names]) => [hash, names.toSorted()])).toEqual([
    [A, ['One', 'Two']],
    [B, ['Two']]
  ])
})
