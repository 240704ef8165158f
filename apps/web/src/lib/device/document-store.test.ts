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
  const onReleased = vi.fn()
  const store = createDocumentStore({ name, doc, onTrouble, onRecovered, onReleased })
  await store.whenLoaded
  return { doc, map: doc.getMap('map'), store, onTrouble, onRecovered, onReleased }
}
const countRows = async () => {
  const database = await openDB(NAME)
  const rows = await database.count('updates')
  database.close()
  return rows
}

test('changes are there at the next open', async () => {
  const first = await open()
  first.map.set('a', 1)
  first.map.set('b', 2)
  await first.store.flush()
  first.store.close()
  const second = await open()
  expect(second.map.toJSON()).toEqual({ a: 1, b: 2 })
  expect(second.onTrouble).not.toHaveBeenCalled()
})

test('changes made while loading are stored too', async () => {
  const doc = new Y.Doc()
  const store = createDocumentStore({ name: NAME, doc, onTrouble: vi.fn(), onRecovered: vi.fn() })
  doc.getMap('map').set('early', true)
  await store.flush()
  store.close()
  expect((await open()).map.get('early')).toBe(true)
})

test('opening does not grow the log, and a long log is compacted', async () => {
  const first = await open()
  first.map.set('key', 'first')
  await first.store.flush() // an empty log gets the whole document
  for (let i = 1; i < 150; i++) first.map.set('key', i)
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

test('compaction keeps what another tab wrote meanwhile', async () => {
  const [one, two] = [await open(), await open()]
  two.map.set('of the other tab', true)
  await two.store.flush()
  for (let i = 0; i < 210; i++) one.map.set('key', i)
  await one.store.flush()
  expect(await countRows()).toBeLessThan(150)
  expect((await open()).map.toJSON()).toEqual({ key: 209, 'of the other tab': true })
})

test('an unreadable row does not hide the others', async () => {
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

test('a database that does not open is reported, and edits are stored once it opens', async () => {
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

test('deleting a document works while tabs have it open', async () => {
  const tab = await open()
  tab.map.set('a', 1)
  await tab.store.flush()
  await deleteDocument(NAME)
  tab.map.set('b', 2)
  expect((await open()).map.toJSON()).toEqual({})
})

test('S28 changes made during a write are stored too', async () => {
  const tab = await open()
  for (let i = 0; i < 20; i++) {
    tab.map.set(`key ${String(i)}`, i)
    await Promise.resolve() // a write has started
  }
  await tab.store.flush()
  tab.store.close()
  expect((await open()).map.size).toBe(20)
})

test('S28 a full disk is reported, and edits are stored once there is space', async () => {
  const tab = await open()
  tab.map.set('a', 1)
  await tab.store.flush()
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  tab.map.set('b', 2)
  tab.map.set('c', 3)
  expect(await tab.store.flush()).toBe(false)
  expect(tab.onTrouble).toHaveBeenCalledWith(expect.objectContaining({ name: 'QuotaExceededError' }))
  full.mockRestore()
  expect(await tab.store.flush()).toBe(true)
  expect(tab.onRecovered).toHaveBeenCalledOnce()
  expect((await open()).map.toJSON()).toEqual({ a: 1, b: 2, c: 3 })
})

test('S28 a lost connection is reopened without a report', async () => {
  const tab = await open()
  const { transaction } = IDBDatabase.prototype
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
    this: IDBDatabase,
    ...args
  ) {
    this.close()
    return transaction.apply(this, args)
  })
  tab.map.set('a', 1)
  expect(await tab.store.flush()).toBe(true)
  expect(tab.onTrouble).not.toHaveBeenCalled()
  expect((await open()).map.get('a')).toBe(1)
})

test('S28 a database that never answers is reported, and loading settles', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(indexedDB, 'open').mockReturnValue(
    Object.assign(Object.create(IDBOpenDBRequest.prototype) as IDBOpenDBRequest, {
      addEventListener: () => undefined
    })
  )
  const doc = new Y.Doc()
  const onTrouble = vi.fn()
  const store = createDocumentStore({ name: NAME, doc, onTrouble, onRecovered: vi.fn() })
  const loaded = vi.fn()
  void store.whenLoaded.then(loaded)
  await vi.advanceTimersByTimeAsync(2_999)
  expect(loaded).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(loaded).toHaveBeenCalledOnce()
  expect(onTrouble).toHaveBeenCalledOnce()
  doc.getMap('map').set('a', 1)
  store.close()
  vi.useRealTimers()
})

test('S28 a log emptied by another page gets the whole document with the next change', async () => {
  const tab = await open()
  tab.map.set('a', 1)
  tab.store.note({ generation: 3 })
  await tab.store.flush()
  const database = await openDB(NAME)
  await database.clear('updates')
  await database.clear('custom')
  database.close()
  tab.map.set('b', 2)
  await tab.store.flush()
  const next = await open()
  expect(next.map.toJSON()).toEqual({ a: 1, b: 2 })
  expect(next.store.facts.generation).toBe(3)
})

test('S28 after a deletion nothing is stored until resume', async () => {
  const tab = await open()
  tab.map.set('a', 1)
  await tab.store.flush()
  await deleteDocument(NAME)
  expect(tab.onReleased).toHaveBeenCalledOnce()
  tab.map.set('b', 2)
  expect(await tab.store.flush()).toBe(false)
  expect(tab.onTrouble).not.toHaveBeenCalled()
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([])
  tab.store.resume()
  expect(await tab.store.flush()).toBe(true)
  expect((await open()).map.toJSON()).toEqual({ a: 1, b: 2 })
})

test('S28 two tabs that compact at the same time lose nothing', async () => {
  const [one, two] = [await open(), await open()]
  for (let i = 0; i < 201; i++) {
    one.map.set('one', i)
    two.map.set('two', i)
  }
  one.map.set('last of one', true)
  two.map.set('last of two', true)
  await Promise.all([one.store.flush(), two.store.flush()])
  expect(await countRows()).toBeLessThan(250)
  expect((await open()).map.toJSON()).toEqual({
    one: 200,
    two: 200,
    'last of one': true,
    'last of two': true
  })
})

test('S23 facts are stored with the log, and the acknowledged state never shrinks', async () => {
  const [one, two] = [await open(), await open()]
  one.store.note({
    generation: 2,
    stored: new Map([
      [1, 5],
      [2, 1]
    ])
  })
  await one.store.flush()
  two.store.note({
    stored: new Map([
      [1, 3],
      [3, 7]
    ]),
    notes: ['Read this']
  })
  await two.store.flush()
  const { facts } = (await open()).store
  expect(facts).toEqual({
    generation: 2,
    stored: new Map([
      [1, 5],
      [2, 1],
      [3, 7]
    ]),
    renewals: 0,
    notes: ['Read this']
  })
})

test('S23 the acknowledged state is written together with the server’s updates', async () => {
  const tab = await open()
  const before = await countRows()
  tab.store.note({ stored: new Map([[1, 1]]) })
  tab.map.set('a', 1)
  const puts = vi.spyOn(IDBObjectStore.prototype, 'put')
  await tab.store.flush()
  expect(puts).toHaveBeenCalledOnce()
  expect(await countRows()).toBe(before + 1)
})

test('S28 a write in progress does not recreate a deleted log', async () => {
  const tab = await open()
  tab.map.set('a', 1)
  await tab.store.flush()
  tab.map.set('b', 2)
  await Promise.resolve()
  await Promise.resolve() // its transaction has begun
  const deleting = deleteDocument(NAME)
  const writing = tab.store.flush()
  tab.map.set('c', 3)
  await Promise.all([deleting, writing])
  await tab.store.flush()
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([])
})

/** localStorage, of which `Object.keys` names the entries. */
const stubLocalStorage = () => {
  const entries: Record<string, string> = {}
  const hidden = (value: unknown) => ({ value, enumerable: false })
  Object.defineProperties(entries, {
    getItem: hidden((key: string) => entries[key] ?? null),
    setItem: hidden((key: string, value: string) => (entries[key] = value)),
    removeItem: hidden((key: string) => Reflect.deleteProperty(entries, key))
  })
  vi.stubGlobal('localStorage', entries)
  return entries
}

/** Simulates a closing page: pending requests are not executed. */
const stopWriting = () =>
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('the page is gone', 'InvalidStateError')
  })

test('an edit right before the page closes is there at the next open, and then in the log', async () => {
  const kept = stubLocalStorage()
  const first = await open()
  const stopped = stopWriting()
  first.map.set('a', 1)
  first.store.leave()
  first.map.set('b', 2) // by another store that is told later
  first.store.close()
  stopped.mockRestore()

  const second = await open()
  expect(second.map.toJSON()).toEqual({ a: 1, b: 2 })
  await second.store.flush()
  expect(Object.keys(kept)).toEqual([])
  second.store.close()
  expect((await open()).map.toJSON()).toEqual({ a: 1, b: 2 })
})

test('a page that comes back stores its last edits itself', async () => {
  const kept = stubLocalStorage()
  const tab = await open()
  tab.map.set('a', 1)
  tab.store.leave()
  expect(Object.keys(kept)).toHaveLength(1)
  await tab.store.flush()
  expect(Object.keys(kept)).toEqual([])
})

test('the last edits are deleted with the document, and a released page keeps none', async () => {
  const kept = stubLocalStorage()
  const tab = await open()
  tab.map.set('a', 1)
  tab.store.leave()
  await deleteDocument(NAME)
  expect(Object.keys(kept)).toEqual([])
  tab.map.set('b', 2)
  tab.store.leave()
  expect(Object.keys(kept)).toEqual([])
})
