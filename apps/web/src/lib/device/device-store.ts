import { parseRole } from '@foyer/access'
import type { UsageStore } from '@foyer/sync'
import { createConnection } from './connection.ts'
import { FIRST_COPY, logName, type CopyRecord } from './copy-record.ts'
import {
  getCurrent,
  getHomeSnapshot,
  openDeviceDatabase,
  putCurrent,
  type DeviceDatabase
} from './device-db.ts'
import { deleteDocument } from './document-store.ts'
import type { HomeSnapshot } from './home-snapshot.ts'
import { TimeoutError, withTimeout } from './with-timeout.ts'
import { makeWorkspaceRecord, type WorkspaceRecord } from './workspace-record.ts'

/** Persistent state of this device. Never rejects: errors are reported through `onTrouble`. */
export interface DeviceStore {
  /** Every workspace with a copy here, and its number of unsynced changes. */
  readAll(): Promise<{ record: WorkspaceRecord; unsynced: number }[]>
  /** Stores the number of unsynced changes of a workspace. */
  writeUnsyncedCount(workspaceId: string, count: number): Promise<void>
  /** The current workspace. */
  readCurrent(): Promise<WorkspaceRecord | undefined>
  /** The current workspace, created if needed. Tabs that open at the same time agree on one. */
  currentOrNew(): Promise<WorkspaceRecord>
  /** Makes a workspace the current one; the others stay. */
  writeCurrent(record: WorkspaceRecord): Promise<void>
  /** The current workspace's Home snapshot. */
  readHomeSnapshot(): Promise<HomeSnapshot | undefined>
  /** Stores a Home snapshot, if it is of the current workspace. */
  writeHomeSnapshot(screen: HomeSnapshot): Promise<void>
  usageOf(workspaceId: string): UsageStore
  readCopy(workspaceId: string): Promise<CopyRecord>
  /** @returns whether it is stored */
  writeCopy(workspaceId: string, record: CopyRecord): Promise<boolean>
  /** Deletes one copy of a workspace. @returns whether it succeeded */
  dropLog(workspaceId: string, copy: number): Promise<boolean>
  /** Deletes a workspace's documents and all state about it. */
  forget(workspaceId: string): Promise<void>
}

export interface DeviceStoreEvents {
  /** Something could not be read or stored. */
  onTrouble: (error: unknown) => void
  onRecovered: () => void
}

const RETRY_MS = 5_000

const CURRENT = ['workspaces', 'shown'] as const
const BY_WORKSPACE = ['waiting', 'usage', 'copies'] as const

export const createDeviceStore = ({ onTrouble, onRecovered }: DeviceStoreEvents): DeviceStore => {
  /** The page's view, stored again after a failed write or a deletion by another page. */
  let current: WorkspaceRecord | undefined
  let isCurrentStored = true
  const copies = new Map<string, CopyRecord>()
  let troubled = false
  let answers = true
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  const restoreInBackground = () => void restore()
  const connection = createConnection(openDeviceDatabase, {
    onReleased: restoreInBackground,
    onTerminated: restoreInBackground
  })
  const attempt = async <T>(work: (database: DeviceDatabase) => Promise<T>): Promise<T | undefined> => {
    try {
      const working = connection.use(work).catch(() => connection.use(work))
      // Do not wait again for a browser that did not answer before.
      const result = await withTimeout(working, answers ? undefined : 0)
      answers = true
      // A full disk can still be read: recovered only after the failed write succeeds.
      if (troubled && isCurrentStored) {
        onRecovered()
        troubled = false
      }
      return result
    } catch (error) {
      if (error instanceof TimeoutError) answers = false
      troubled = true
      onTrouble(error)
      clearTimeout(retryTimer)
      retryTimer = setTimeout(restoreInBackground, RETRY_MS)
      return undefined
    }
  }
  const restore = () =>
    attempt(async database => {
      const transaction = database.transaction(['workspaces', 'shown', 'copies'], 'readwrite')
      if (current !== undefined && (!isCurrentStored || (await getCurrent(transaction)) === undefined)) {
        await putCurrent(transaction, current)
      }
      const known = transaction.objectStore('copies')
      for (const [id, record] of copies) if ((await known.get(id)) === undefined) await known.put(record, id)
      await transaction.done
      isCurrentStored = true
    })

  /** For optional data: errors are logged, not reported. */
  const quietly = async <T>(work: (database: DeviceDatabase) => Promise<T>): Promise<T | undefined> => {
    try {
      return await withTimeout(connection.use(work))
    } catch (error) {
      console.warn('optional data could not be read or stored', error)
      return undefined
    }
  }

  const store: DeviceStore = {
    async readAll() {
      const all = await attempt(async database => {
        const transaction = database.transaction(['workspaces', 'waiting'])
        const counts = transaction.objectStore('waiting')
        const records = await transaction.objectStore('workspaces').getAll()
        return Promise.all(
          records.map(async record => ({ record, unsynced: (await counts.get(record.id)) ?? 0 }))
        )
      })
      return all ?? []
    },

    async writeUnsyncedCount(workspaceId, count) {
      await quietly(async database => {
        const transaction = database.transaction(['workspaces', 'waiting'], 'readwrite')
        const isKnown = (await transaction.objectStore('workspaces').count(workspaceId)) > 0
        if (isKnown) await transaction.objectStore('waiting').put(count, workspaceId)
        await transaction.done
      })
    },

    async readCurrent() {
      return (current = (await attempt(database => getCurrent(database.transaction(CURRENT)))) ?? current)
    },

    async currentOrNew() {
      const made = current ?? makeWorkspaceRecord()
      isCurrentStored = false
      const record = await attempt(async database => {
        const transaction = database.transaction(CURRENT, 'readwrite')
        const existing = await getCurrent(transaction)
        if (existing === undefined) await putCurrent(transaction, made)
        await transaction.done
        isCurrentStored = true
        return existing ?? made
      })
      return (current = record === undefined ? made : { ...record, role: parseRole(record.role) })
    },

    async writeCurrent(record) {
      current = record
      isCurrentStored = false
      await attempt(async database => {
        const transaction = database.transaction(CURRENT, 'readwrite')
        const screen = await getHomeSnapshot(transaction)
        if (screen !== undefined && screen.workspaceId !== record.id) {
          await transaction.objectStore('shown').delete('screen')
        }
        await putCurrent(transaction, record)
        await transaction.done
        isCurrentStored = true
      })
    },

    readHomeSnapshot: () =>
      quietly(async database => {
        const transaction = database.transaction(CURRENT)
        const [record, screen] = await Promise.all([getCurrent(transaction), getHomeSnapshot(transaction)])
        return screen?.workspaceId === record?.id ? screen : undefined
      }),

    async writeHomeSnapshot(screen) {
      await quietly(async database => {
        const transaction = database.transaction(CURRENT, 'readwrite')
        const record = await getCurrent(transaction)
        if (record?.id === screen.workspaceId) await transaction.objectStore('shown').put(screen, 'screen')
        await transaction.done
      })
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

    async readCopy(workspaceId) {
      const record = await attempt(database => database.get('copies', workspaceId))
      if (record !== undefined) copies.set(workspaceId, record)
      return record ?? copies.get(workspaceId) ?? FIRST_COPY
    },

    async writeCopy(workspaceId, record) {
      const stored = await attempt(async database => {
        await database.put('copies', record, workspaceId)
        return true
      })
      if (stored === true) copies.set(workspaceId, record)
      return stored ?? false
    },

    async dropLog(workspaceId, copy) {
      try {
        await withTimeout(deleteDocument(logName(workspaceId, copy)))
        return true
      } catch (error) {
        console.warn('a copy could not be deleted yet', error)
        return false
      }
    },

    async forget(workspaceId) {
      const { copy, before } = await store.readCopy(workspaceId)
      copies.delete(workspaceId)
      if (current?.id === workspaceId) current = undefined
      await attempt(async database => {
        const transaction = database.transaction([...CURRENT, ...BY_WORKSPACE], 'readwrite')
        const shown = transaction.objectStore('shown')
        const [record, screen] = await Promise.all([getCurrent(transaction), getHomeSnapshot(transaction)])
        if (record?.id === workspaceId) await shown.delete('workspace')
        if (screen?.workspaceId === workspaceId) await shown.delete('screen')
        await transaction.objectStore('workspaces').delete(workspaceId)
        for (const name of BY_WORKSPACE) await transaction.objectStore(name).delete(workspaceId)
        await transaction.done
      })
      // The next copy too: a clone may have been in progress.
      const all = new Set([copy, copy + 1, before ?? copy])
      await Promise.all([...all].map(each => store.dropLog(workspaceId, each)))
    }
  }
  return store
}
