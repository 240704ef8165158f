import type { UsageRecord } from '@foyer/sync'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { WorkspaceRecord } from './workspace-record.ts'

/** What the device keeps beside the documents themselves. */
interface DeviceSchema extends DBSchema {
  /** One entry, `current`: the workspace that this device shows. */
  workspace: { key: 'current'; value: WorkspaceRecord }
  /** Usage records by workspace id. */
  usage: { key: string; value: UsageRecord }
  /** By workspace id: the state vector that the server is known to have stored. */
  synced: { key: string; value: Uint8Array }
}

export type DeviceDatabase = IDBPDatabase<DeviceSchema>

/** Rejects where IndexedDB cannot be opened (private mode, full disk); some browsers throw at once, this never. */
export const openDeviceDatabase = async (): Promise<DeviceDatabase> =>
  openDB<DeviceSchema>('foyer-device', 1, {
    upgrade(database) {
      database.createObjectStore('workspace')
      database.createObjectStore('usage')
      database.createObjectStore('synced')
    }
  })
