import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetPictures } from './forget-pictures.ts'
import { openPictureDatabase } from './picture-db.ts'
import { createPictureStore } from './picture-store.ts'

const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const picture = (workspaceId: string) => ({
  image: new Blob(['image']),
  thumbnail: new Blob(['thumbnail']),
  width: 16,
  height: 9,
  workspaceId,
  unusedSince: 5
})

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.spyOn(console, 'warn').mockReturnValue()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('a picture is there at the next open, and unsent until noted as uploaded', async () => {
  await createPictureStore().put(A, picture('mine'))
  const store = createPictureStore()
  expect(await store.get(A)).toMatchObject({ width: 16, uploadedAt: null })
  expect((await store.unsent('mine')).map(({ sha256 }) => sha256)).toEqual([A])
  await store.note(A, { uploadedAt: 7 })
  expect(await store.unsent('mine')).toEqual([])
})

test('no Blobs are stored, but existing ones are read', async () => {
  const typed = { ...picture('mine'), image: new Blob(['image'], { type: 'image/webp' }) }
  const store = createPictureStore()
  await store.put(A, typed)
  const database = await openPictureDatabase()
  expect(await database.get('pictures', A)).toMatchObject({
    image: { bytes: new TextEncoder().encode('image').buffer, type: 'image/webp' },
    thumbnail: { bytes: new TextEncoder().encode('thumbnail').buffer, type: '' }
  })
  await database.put('pictures', { ...typed, uploadedAt: null, refused: null }, B)
  database.close()
  for (const { image, thumbnail } of [
    await store.get(A),
    await store.get(B),
    ...(await store.unsent('mine'))
  ].map(found => found ?? expect.fail('not found'))) {
    expect([image.type, await image.text(), await thumbnail.text()]).toEqual([
      'image/webp',
      'image',
      'thumbnail'
    ])
  }
  await store.move('mine', 'new')
  expect(await store.unsent('new')).toHaveLength(2)
})

test('choosing a picture again does not upload it again, except to another workspace', async () => {
  const store = createPictureStore()
  await store.put(A, picture('mine'))
  await store.note(A, { uploadedAt: 7 })
  await store.put(A, picture('mine'))
  expect(await store.unsent('mine')).toEqual([])
  await store.put(A, picture('theirs'))
  expect(await store.unsent('theirs')).toHaveLength(1)
})

test('pictures are deleted with their workspace, or move to another and are uploaded there', async () => {
  const store = createPictureStore()
  await store.put(A, picture('mine'))
  await store.note(A, { uploadedAt: 7 })
  await store.put(B, picture('old'))
  await store.move('mine', 'new')
  expect(await store.unsent('new')).toHaveLength(1)
  await forgetPictures('old')
  expect(await store.get(B)).toBeUndefined()
  expect(await store.get(A)).toMatchObject({ workspaceId: 'new' })
})

test('pictures unused for 30 days are deleted; using one restarts the count', async () => {
  const day = 86_400_000
  const store = createPictureStore()
  await store.put(A, picture('mine'))
  await store.note(A, { uploadedAt: 7 })
  await store.put(B, picture('mine'))
  const none = () => false
  await store.sweep('mine', sha256 => sha256 === A, 31 * day)
  expect(await store.get(A)).toMatchObject({ unusedSince: null })
  expect(await store.get(B)).toBeUndefined()
  await store.sweep('mine', none, 100 * day)
  await store.sweep('other', none, 200 * day)
  await store.sweep('mine', none, 129 * day)
  expect(await store.get(A)).toBeDefined()
  await store.sweep('mine', none, 131 * day)
  expect(await store.get(A)).toBeUndefined()
})

test('a full device rejects pictures, and an unreadable one has none', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  const store = createPictureStore()
  await expect(store.put(A, picture('mine'))).rejects.toMatchObject({ code: 'not-stored' })
  expect(await store.get(A)).toBeUndefined()
})
