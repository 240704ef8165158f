import type { UsageRecord } from '@foyer/sync'
import { openDB } from 'idb'
import type { DBSchema, IDBPDatabase, IDBPTransaction, OpenDBCallbacks, StoreNames } from 'idb'
import type { CopyRecord } from './copy-record.ts'
import type { HomeSnapshot } from './home-snapshot.ts'
import type { WorkspaceRecord } from './workspace-record.ts'

/** What the device stores beside the documents, by workspace id except `shown`. */
interface DeviceSchema extends DBSchema {
  /** Workspaces with a copy on this device. */
  workspaces: { key: string; value: WorkspaceRecord }
  /** `workspace`: the current workspace's id. `screen`: its Home snapshot. */
  shown: { key: 'workspace' | 'screen'; value: string | HomeSnapshot }
  /** Unsynced changes as last counted. */
  waiting: { key: string; value: number }
  usage: { key: string; value: UsageRecord }
  /** Which copy of the document is in use. */
  copies: { key: string; value: CopyRecord }
}

export type DeviceDatabase = IDBPDatabase<DeviceSchema>

/** A transaction of `workspaces` and `shown`. */
interface Shown<Store> {
  objectStore: (name: 'workspaces' | 'shown') => Store
}
interface Readable {
  get: (key: never) => Promise<unknown>
}
interface Writable {
  put: (value: never, key: never) => Promise<unknown>
}

const get = async <T>(entries: Readable, key: string) => (await entries.get(key as never)) as T | undefined

/** The current workspace. */
export const getCurrent = async (shown: Shown<Readable>): Promise<WorkspaceRecord | undefined> => {
  const id = await get<string>(shown.objectStore('shown'), 'workspace')
  return id === undefined ? undefined : get(shown.objectStore('workspaces'), id)
}

/** Stores a workspace as the current one. */
export const putCurrent = async (shown: Shown<Writable>, record: WorkspaceRecord): Promise<void> => {
  await shown.objectStore('workspaces').put(record as never, record.id as never)
  await shown.objectStore('shown').put(record.id as never, 'workspace' as never)
}

export const getHomeSnapshot = (shown: Shown<Readable>): Promise<HomeSnapshot | undefined> =>
  get(shown.objectStore('shown'), 'screen')

type Upgrade = IDBPTransaction<DeviceSchema, StoreNames<DeviceSchema>[], 'versionchange'>

/** Until version 2, one store held the only workspace and its Home snapshot. */
const migrateFrom2 = async (database: DeviceDatabase, transaction: Upgrade): Promise<void> => {
  const before = transaction.objectStore('workspace' as never) as Readable
  const record = await get<WorkspaceRecord>(before, 'current')
  const screen = await get<HomeSnapshot>(before, 'screen')
  if (record !== undefined) await putCurrent(transaction, record)
  if (screen !== undefined) await transaction.objectStore('shown').put(screen, 'screen')
  database.deleteObjectStore('workspace' as never)
}

/** Rejects if IndexedDB cannot be opened (private mode, full disk), even where browsers throw. */
export const openDeviceDatabase = async (callbacks: OpenDBCallbacks<DeviceSchema>): Promise<DeviceDatabase> =>
  openDB<DeviceSchema>('foyer-device', 3, {
    ...callbacks,
    upgrade(database, oldVersion, _newVersion, transaction) {
      if (oldVersion < 1) database.createObjectStore('usage')
      if (oldVersion < 2) database.createObjectStore('copies')
      for (const name of ['workspaces', 'shown', 'waiting'] as const) database.createObjectStore(name)
      // If it fails, so does the open.
      if (oldVersion > 0) migrateFrom2(database, transaction).catch(() => undefined)
    }
  })
