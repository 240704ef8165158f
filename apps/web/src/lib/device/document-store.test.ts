import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createDocumentStore, deleteDocument } from './document-store.ts'

const NAME = 'a-document'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const open = async (name = NAME) => {
  const doc = new Y.Doc()
  const onTrouble = vi.fn()
  const onRecovered = vi.fn()
  const store = createDocumentStore({ name, doc, onTrouble, onRecovered })
  await store.whenLoaded
  return { doc, map: doc.getMap('map'), store, onTrouble, onRecovered }
}
const countRows = async () => {
  const database = await openDB(NAME)
  const rows = await database.count('updates')
  database.close()
  return rows
}

test('what was written is there at the next open', async () => {
  const first = await open()
  first.map.set('a', 1)
  first.map.set('b', 2)
  await first.store.flush()
  first.store.close()
  const second = await open()
  expect(second.map.toJSON()).toEqual({ a: 1, b: 2 })
  expect(second.onTrouble).not.toHaveBeenCalled()
})

test('what is written while the document loads is kept too', async () => {
  const doc = new Y.Doc()
  const store = createDocumentStore({ name: NAME, doc, onTrouble: vi.fn(), onRecovered: vi.fn() })
  doc.getMap('map').set('early', true)
  await store.flush()
  store.close()
  expect((await open()).map.get('early')).toBe(true)
})

test('opening does not make the log longer, and a long log is written as one', async () => {
  const first = await open()
  for (let i = 0; i < 150; i++) first.map.set('key', i)
  await first.store.flush()
  first.store.close()
  for (let i = 0; i < 3; i++) (await open()).store.close()
  expect(await countRows()).toBe(150)

  const last = await open()
  for (let i = 0; i < 60; i++) last.map.set('key', `last ${String(i)}`)
  await last.store.flush()
  last.store.close()
  expect(await countRows()).toBe(1)
  expect((await open()).map.get('key')).toBe('last 59')
})

test('writing the log as one keeps what another tab wrote meanwhile', async () => {
  const [one, two] = [await open(), await open()]
  two.map.set('of the other tab', true)
  await two.store.flush()
  for (let i = 0; i < 210; i++) one.map.set('key', i)
  await one.store.flush()
  expect(await countRows()).toBeLessThan(150)
  expect((await open()).map.toJSON()).toEqual({ key: 209, 'of the other tab': true })
})

test('a row that cannot be read does not hide the others', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const first = await open()
  first.map.set('a', 1)
  await first.store.flush()
  first.store.close()
  const database = await openDB(NAME)
  await database.add('updates', new Uint8Array([255, 255, 255]))
  database.close()
  expect((await open()).map.toJSON()).toEqual({ a: 1 })
})

test('a database that does not open is told, edits go on, and all is stored once it opens', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const refused = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const { map, store, onTrouble, onRecovered } = await open()
  expect(onTrouble).toHaveBeenCalled()
  map.set('a', 1)
  await store.flush()
  expect(map.get('a')).toBe(1)
  expect(onRecovered).not.toHaveBeenCalled()

  refused.mockRestore()
  vi.advanceTimersByTime(5_000)
  vi.useRealTimers()
  await store.flush()
  expect(onRecovered).toHaveBeenCalledOnce()
  expect((await open()).map.get('a')).toBe(1)
})

test('a deleted document lets go of open tabs and is gone', async () => {
  const tab = await open()
  tab.map.set('a', 1)
  await tab.store.flush()
  await deleteDocument(NAME)
  tab.map.set('b', 2)
  expect((await open()).map.toJSON()).toEqual({})
})
