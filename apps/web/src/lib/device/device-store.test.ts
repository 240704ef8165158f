import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FIRST_COPY, logName } from './copy-record.ts'
import { createDeviceStore } from './device-store.ts'
import { HOME_SNAPSHOT_VERSION, type HomeSnapshot } from './home-snapshot.ts'
import { makeWorkspaceRecord } from './workspace-record.ts'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const create = () => {
  const onTrouble = vi.fn()
  const onRecovered = vi.fn()
  return { device: createDeviceStore({ onTrouble, onRecovered }), onTrouble, onRecovered }
}

test('two tabs that open at the same time agree on one workspace', async () => {
  const [one, two] = await Promise.all([create().device.currentOrNew(), create().device.currentOrNew()])
  expect(one.id).toBe(two.id)
})

/** Creates the database of an older version, which held one workspace. */
const createOldDatabase = async (version: 1 | 2) => {
  const record = { ...makeWorkspaceRecord(), name: 'Clients' }
  const database = await openDB('foyer-device', version, {
    upgrade(db) {
      for (const name of ['workspace', 'usage', ...(version > 1 ? ['copies'] : [])])
        db.createObjectStore(name)
    }
  })
  await database.put('workspace', record, 'current')
  await database.put('workspace', snapshotOf(record.id), 'screen')
  await database.put('usage', { known: {}, pending: { room: 5 } }, record.id)
  if (version > 1) await database.put('copies', { copy: 3, carriesOver: true, before: null }, record.id)
  database.close()
  return record
}

test.each([1, 2] as const)('a database of version %i keeps its workspace and its data', async version => {
  const record = await createOldDatabase(version)
  const { device, onTrouble } = create()
  expect(await device.currentOrNew()).toEqual(record)
  expect(await device.readHomeSnapshot()).toMatchObject({ workspaceId: record.id })
  expect(await device.usageOf(record.id).load()).toMatchObject({ pending: { room: 5 } })
  expect(await device.readCopy(record.id)).toMatchObject({ copy: version === 1 ? 0 : 3 })
  expect(await device.readAll()).toEqual([{ record, unsynced: 0 }])
  expect(onTrouble).not.toHaveBeenCalled()
})

test('an old database without a workspace gets one', async () => {
  ;(
    await openDB('foyer-device', 2, {
      upgrade(db) {
        for (const name of ['workspace', 'usage', 'copies']) db.createObjectStore(name)
      }
    })
  ).close()
  const { device } = create()
  expect(await device.readCurrent()).toBeUndefined()
  const record = await device.currentOrNew()
  expect((await create().device.readCurrent())?.id).toBe(record.id)
})

test('a device stores several workspaces, one of them current, with unsynced counts', async () => {
  const { device } = create()
  const own = await device.currentOrNew()
  const team = { ...makeWorkspaceRecord(), name: 'Team' }
  await device.writeCurrent(team)
  await device.writeUnsyncedCount(own.id, 3)
  await device.writeUnsyncedCount('another', 9)
  const next = create().device
  expect((await next.readCurrent())?.name).toBe('Team')
  expect(await next.readAll()).toEqual(
    expect.arrayContaining([
      { record: own, unsynced: 3 },
      { record: team, unsynced: 0 }
    ])
  )
  await next.forget(own.id)
  expect(await next.readAll()).toEqual([{ record: team, unsynced: 0 }])
  expect((await create().device.readCurrent())?.name).toBe('Team')
})

test('S28 a database that does not open is reported, and tried again the next time', async () => {
  const { device, onTrouble, onRecovered } = create()
  const refused = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const record = await device.currentOrNew()
  expect(onTrouble).toHaveBeenCalledOnce()
  expect(await device.readCopy(record.id)).toEqual(FIRST_COPY)
  expect(await device.writeCopy(record.id, { copy: 1, carriesOver: true, before: 0 })).toBe(false)
  refused.mockRestore()
  expect((await device.currentOrNew()).id).toBe(record.id)
  expect(onRecovered).toHaveBeenCalledOnce()
})

test('S28 data deleted by another page is written again', async () => {
  const { device } = create()
  const { id } = await device.currentOrNew()
  await device.writeCopy(id, { copy: 2, carriesOver: true, before: null })
  await deleteDB('foyer-device') // this page closes it
  await vi.waitFor(async () => {
    const next = create().device
    expect(await next.readCurrent()).toMatchObject({ id })
    expect(await next.readCopy(id)).toMatchObject({ copy: 2 })
  })
})

test('S28 a failed write is retried', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { device, onRecovered } = create()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const { id } = await device.currentOrNew()
  await device.readCopy(id) // a full disk can still be read
  expect(onRecovered).not.toHaveBeenCalled()
  full.mockRestore()
  vi.advanceTimersByTime(5_000)
  vi.useRealTimers()
  await vi.waitFor(async () => {
    expect(await create().device.readCurrent()).toMatchObject({ id })
  })
  expect(onRecovered).toHaveBeenCalledOnce()
})

test('S28 a database that never answers is waited for only once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(indexedDB, 'open').mockReturnValue(
    Object.assign(Object.create(IDBOpenDBRequest.prototype) as IDBOpenDBRequest, {
      addEventListener: () => undefined
    })
  )
  const { device, onTrouble } = create()
  const both = device.currentOrNew().then(({ id }) => device.readCopy(id))
  await vi.advanceTimersByTimeAsync(3_001)
  expect(await both).toEqual(FIRST_COPY)
  expect(onTrouble).toHaveBeenCalledTimes(2)
  vi.clearAllTimers()
  vi.useRealTimers()
})

test('forgetting a workspace deletes all of its copies', async () => {
  const { device } = create()
  await device.writeCopy('w', { copy: 2, carriesOver: true, before: 1 })
  for (const copy of [1, 2, 3]) (await openDB(logName('w', copy), 1)).close()
  await device.forget('w')
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['foyer-device'])
  expect(await device.readCopy('w')).toEqual(FIRST_COPY)
})

const snapshotOf = (workspaceId: string): HomeSnapshot => ({
  version: HOME_SNAPSHOT_VERSION,
  workspaceId,
  view: 'used en-GB',
  rooms: [],
  roomCount: 3,
  webinars: [],
  webinarCount: 0,
  hasDeleted: false
})

test('only the current workspace’s Home snapshot is stored', async () => {
  const { device } = create()
  const { id } = await device.currentOrNew()
  await device.writeHomeSnapshot(snapshotOf('another'))
  expect(await device.readHomeSnapshot()).toBeUndefined()
  await device.writeHomeSnapshot(snapshotOf(id))
  expect(await create().device.readHomeSnapshot()).toMatchObject({ workspaceId: id, roomCount: 3 })
})

test('a Home snapshot is deleted with its workspace, and other tabs do not bring it back', async () => {
  const { device } = create()
  const before = await device.currentOrNew()
  await device.writeHomeSnapshot(snapshotOf(before.id))
  await device.writeCurrent({ ...before, name: 'Renamed' })
  expect(await device.readHomeSnapshot()).toBeDefined()

  await device.writeCurrent(makeWorkspaceRecord())
  await create().device.writeHomeSnapshot(snapshotOf(before.id))
  await device.writeCurrent(before)
  expect(await device.readHomeSnapshot()).toBeUndefined()

  await device.writeHomeSnapshot(snapshotOf(before.id))
  await device.forget(before.id)
  expect(await device.readHomeSnapshot()).toBeUndefined()
})

test('a Home snapshot that cannot be read or stored is not reported', async () => {
  const { device, onTrouble } = create()
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  await device.writeHomeSnapshot(snapshotOf('w'))
  expect(await device.readHomeSnapshot()).toBeUndefined()
  expect(onTrouble).not.toHaveBeenCalled()
  expect(warn).toHaveBeenCalledTimes(2)
})
