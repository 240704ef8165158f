import type { UsageRecord } from '@foyer/sync'
import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb'
import type { CopyRecord } from './copy-record.ts'
import type { ScreenRecord } from './screen-record.ts'
import type { WorkspaceRecord } from './workspace-record.ts'

/** What the device keeps beside the documents themselves. */
interface DeviceSchema extends DBSchema {
  /**
   * `current`: the workspace that this device shows. `screen`: what Home showed of it. One store, as a new one would need
   * a later version of the database, which tabs of the app's version before could not open any more.
   */
  workspace: { key: 'current' | 'screen'; value: WorkspaceRecord | ScreenRecord }
  /** Usage records by workspace id. */
  usage: { key: string; value: UsageRecord }
  /** By workspace id: which copy of its document is the one in use. */
  copies: { key: string; value: CopyRecord }
}

export type DeviceDatabase = IDBPDatabase<DeviceSchema>

/** The store `workspace`, in a transaction of any kind. */
interface WorkspaceEntries {
  get: (key: 'current' | 'screen') => Promise<WorkspaceRecord | ScreenRecord | undefined>
}

export const getCurrent = (entries: WorkspaceEntries) =>
  entries.get('current') as Promise<WorkspaceRecord | undefined>

export const getScreen = (entries: WorkspaceEntries) =>
  entries.get('screen') as Promise<ScreenRecord | undefined>

/** Rejects where IndexedDB cannot be opened (private mode, full disk); some browsers throw at once, this never. */
export const openDeviceDatabase = async (callbacks: OpenDBCallbacks<DeviceSchema>): Promise<DeviceDatabase> =>
  openDB<DeviceSchema>('foyer-device', 2, {
    ...callbacks,
    upgrade(database, oldVersion) {
      database.createObjectStore('copies')
      if (oldVersion > 0) return
      database.createObjectStore('workspace')
      database.createObjectStore('usage')
    }
  })
