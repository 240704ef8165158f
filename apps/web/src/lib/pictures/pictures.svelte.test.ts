import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetPictures } from '#lib/pictures/store/forget-pictures.ts'
import { readPendingMoves } from '#lib/pictures/store/pending-moves.ts'
import { createPictureStore } from '#lib/pictures/store/picture-store.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { Pictures } from './pictures.svelte.ts'

const A = 'a'.repeat(64)
const picture = { image: new Blob(), thumbnail: new Blob(), width: 16, height: 9, unusedSince: 5 }
const workspaces = { current: null, record: null, canEdit: true } as unknown as Workspaces

beforeEach(() => {
  const entries = new Map<string, string>()
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => entries.set(key, value),
    removeItem: (key: string) => entries.delete(key)
  })
  vi.spyOn(console, 'warn').mockReturnValue()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const failToMove = async () => {
  const store = createPictureStore()
  await store.put(A, { ...picture, workspaceId: 'old' })
  const broken = vi.spyOn(IDBCursor.prototype, 'update').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  expect(await new Pictures(workspaces).move('old', 'new')).toBe(false)
  broken.mockRestore()
  return store
}

test('pictures that could not be moved are moved at the next open', async () => {
  const store = await failToMove()
  expect(await store.get(A)).toMatchObject({ workspaceId: 'old' })
  await new Pictures(workspaces).finishMoves()
  expect(await store.get(A)).toMatchObject({ workspaceId: 'new' })
  expect(readPendingMoves()).toEqual([])
})

test('pending moves are dropped with their target workspace', async () => {
  const store = await failToMove()
  await forgetPictures('new')
  expect(await store.get(A)).toBeUndefined()
  expect(readPendingMoves()).toEqual([])
})
