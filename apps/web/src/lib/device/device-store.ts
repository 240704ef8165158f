import type { UsageStore } from '@foyer/sync'
import { deleteDocument } from './document-store.ts'
import { openDeviceDatabase, type DeviceDatabase } from './device-db.ts'
import { documentDatabaseName, makeWorkspaceRecord, type WorkspaceRecord } from './workspace-record.ts'

/** What this device remembers over a restart. Nothing here throws: trouble is told through `onTrouble`. */
export interface DeviceStore {
  readCurrent(): Promise<WorkspaceRecord | undefined>
  /** The current workspace; makes one where there is none. Two tabs that open at once agree on one. */
  currentOrNew(): Promise<WorkspaceRecord>
  writeCurrent(record: WorkspaceRecord): Promise<void>
  usageOf(workspaceId: string): UsageStore
  readSynced(workspaceId: string): Promise<Uint8Array | undefined>
  writeSynced(workspaceId: string, stateVector: Uint8Array): Promise<void>
  /** Deletes this device's copy of a workspace. */
  forget(workspaceId: string): Promise<void>
}

export const createDeviceStore = (onTrouble: (error: unknown) => void): DeviceStore => {
  const opening = openDeviceDatabase()
  const attempt = async <T>(work: (database: DeviceDatabase) => Promise<T>): Promise<T | undefined> => {
    try {
      return await work(await opening)
    } catch (error) {
      onTrouble(error)
      return undefined
    }
  }

  return {
    readCurrent: () => attempt(database => database.get('workspace', 'current')),

    async currentOrNew() {
      const record = await attempt(async database => {
        const transaction = database.transaction('workspace', 'readwrite')
        const existing = await transaction.store.get('current')
        if (existing !== undefined) return existing
        const made = makeWorkspaceRecord()
        await transaction.store.put(made, 'current')
        await transaction.done
        return made
      })
      return record ?? makeWorkspaceRecord()
    },

    async writeCurrent(record) {
      await attempt(database => database.put('workspace', record, 'current'))
    },

    usageOf: workspaceId => ({
      async load() {
        const record = await attempt(database => database.get('usage', workspaceId))
        return record ?? { known: {}, pending: {} }
      },
      async save(record) {
        await attempt(database => database.put('usage', record, workspaceId))
      }
    }),

    readSynced: workspaceId => attempt(database => database.get('synced', workspaceId)),

    async writeSynced(workspaceId, stateVector) {
      await attempt(database => database.put('synced', stateVector, workspaceId))
    },

    async forget(workspaceId) {
      await attempt(async database => {
        await Promise.all([database.delete('usage', workspaceId), database.delete('synced', workspaceId)])
        await deleteDocument(documentDatabaseName(workspaceId))
      })
    }
  }
}
