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

test('a picture is there at the next open, and unsent until it is noted', async () => {
  await createPictureStore().put(A, picture('mine'))
  const store = createPictureStore()
  expect(await store.get(A)).toMatchObject({ width: 16, uploadedAt: null })
  expect((await store.unsent('mine')).map(({ sha256 }) => sha256)).toEqual([A])
  await store.note(A, { uploadedAt: 7 })
  expect(await store.unsent('mine')).toEqual([])
})

test('no Blob is stored, which WebKit refuses in a private window; those that were stored before are read', async () => {
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

test('the same picture chosen again is not sent again, except to another workspace', async () => {
  const store = createPictureStore()
  await store.put(A, picture('mine'))
  await store.note(A, { uploadedAt: 7 })
  await store.put(A, picture('mine'))
  expect(await store.unsent('mine')).toEqual([])
  await store.put(A, picture('theirs'))
  expect(await store.unsent('theirs')).toHaveLength(1)
})

test('pictures go with their workspace, or move to another and are sent there', async () => {
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

test('what nothing has shown for 30 days is deleted, sent or not; the count begins anew when it is shown', async () => {
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

test('a device that has no room says so, and one that cannot be read has none', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  const store = createPictureStore()
  await expect(store.put(A, picture('mine'))).rejects.toMatchObject({ code: 'not-stored' })
  expect(await store.get(A)).toBeUndefined()
})
