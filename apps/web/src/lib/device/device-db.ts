import type { UsageRecord } from '@foyer/sync'
import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb'
import type { CopyRecord } from './copy-record.ts'
import type { WorkspaceRecord } from './workspace-record.ts'

/** What the device keeps beside the documents themselves. */
interface DeviceSchema extends DBSchema {
  /** One entry, `current`: the workspace that this device shows. */
  workspace: { key: 'current'; value: WorkspaceRecord }
  /** Usage records by workspace id. */
  usage: { key: string; value: UsageRecord }
  /** By workspace id: which copy of its document is the one in use. */
  copies: { key: string; value: CopyRecord }
}

export type DeviceDatabase = IDBPDatabase<DeviceSchema>

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
