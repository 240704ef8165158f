import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPictureStore } from '#lib/pictures/store/picture-store.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { createPictureLibrary } from './picture-library.ts'
import { smallPng } from './testing/small-png.ts'

const PNG = new Blob([smallPng()], { type: 'image/png' })
const sha256 = createHash('sha256').update(smallPng()).digest('hex')

const workspaces = { current: null, clock: { now: () => 5 } } as unknown as Workspaces
const decodedAs = (width: number, height: number) => {
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width, height, close: vi.fn() }))
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('document', {
    createElement: () => ({
      getContext: () => ({ drawImage: vi.fn() }),
      toBlob: (done: (blob: Blob) => void, type: string) => {
        done(new Blob(['thumbnail'], { type }))
      }
    })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('a picture with its hash is stored unchanged, even a large one', async () => {
  decodedAs(4000, 3000)
  const kept = await createPictureLibrary(workspaces, vi.fn()).put(PNG, sha256, 'imported')
  expect(kept).toEqual({ image: sha256, width: 4000, height: 3000 })
  expect(await createPictureStore().get(sha256)).toMatchObject({ workspaceId: 'imported', width: 4000 })
})

test('a picture with a wrong hash or beyond the server’s limits is rejected', async () => {
  const library = createPictureLibrary(workspaces, vi.fn())
  decodedAs(40, 30)
  await expect(library.put(PNG, 'f'.repeat(64))).rejects.toMatchObject({ code: 'broken' })
  decodedAs(10_001, 30)
  await expect(library.put(PNG, sha256)).rejects.toMatchObject({ code: 'broken' })
  expect(await createPictureStore().get(sha256)).toBeUndefined()
})
