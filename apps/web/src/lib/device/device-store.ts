import { parseRole } from '@foyer/access'
import type { UsageStore } from '@foyer/sync'
import { createConnection } from './connection.ts'
import { FIRST_COPY, logName, type CopyRecord } from './copy-record.ts'
import { getCurrent, getHomeSnapshot, openDeviceDatabase, putCurrent, type DeviceDatabase } from './device-db.ts'
import { deleteDocument } from './document-store.ts'
import type { HomeSnapshot } from './home-snapshot.ts'
import { TimeoutError, withTimeout } from './with-timeout.ts'
import { makeWorkspaceRecord, type WorkspaceRecord } from './workspace-record.ts'

/** What this device remembers over a restart. Nothing here throws: trouble is told through `onTrouble`. */
export interface DeviceStore {
  /** Every workspace of which there is a copy here, and how many changes wait in it for the server. */
  readAll(): Promise<{ record: WorkspaceRecord; unsynced: number }[]>
  /** Keeps how many changes wait in a workspace of this device. */
  writeUnsyncedCount(workspaceId: string, count: number): Promise<void>
  /** The workspace that this device shows. */
  readCurrent(): Promise<WorkspaceRecord | undefined>
  /** The current workspace; makes one where there is none. Two tabs that open at once agree on one. */
  currentOrNew(): Promise<WorkspaceRecord>
  /** Shows this one from now on; the others stay. */
  writeCurrent(record: WorkspaceRecord): Promise<void>
  /** What Home showed of the current workspace; of no other one. */
  readHomeSnapshot(): Promise<HomeSnapshot | undefined>
  /** Keeps it, where it is of the current workspace. */
  writeHomeSnapshot(screen: HomeSnapshot): Promise<void>
  usageOf(workspaceId: string): UsageStore
  readCopy(workspaceId: string): Promise<CopyRecord>
  /** @returns whether it is stored */
  writeCopy(workspaceId: string, record: CopyRecord): Promise<boolean>
  /** Deletes one copy of a workspace. @returns whether it is gone */
  dropLog(workspaceId: string, copy: number): Promise<boolean>
  /** Deletes what this device has of a workspace's document, and what is known of it. */
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
  /** What this page goes by: stored later where it could not be, and again where it was cleared under the page. */
  let current: WorkspaceRecord | undefined
  let isCurrentStored = true
  const copies = new Map<string, CopyRecord>()
  let troubled = false
  let answers = true
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  const putBackSoon = () => void putBack()
  const connection = createConnection(openDeviceDatabase, {
    onReleased: putBackSoon,
    onTerminated: putBackSoon
  })
  const attempt = async <T>(work: (database: DeviceDatabase) => Promise<T>): Promise<T | undefined> => {
    try {
      const working = connection.use(work).catch(() => connection.use(work))
      // A browser that did not answer once is not waited for a second time.
      const result = await withTimeout(working, answers ? undefined : 0)
      answers = true
      // A full disk can be read from: what could not be written has to be, first.
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
      retryTimer = setTimeout(putBackSoon, RETRY_MS)
      return undefined
    }
  }
  const putBack = () =>
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

  /** For what the app does without: trouble with it is not the person's. */
  const quietly = async <T>(work: (database: DeviceDatabase) => Promise<T>): Promise<T | undefined> => {
    try {
      return await withTimeout(connection.use(work))
    } catch (error) {
      console.warn('what the app does without could not be read or kept', error)
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
      // The next one too: a clone may have been under way.
      const all = new Set([copy, copy + 1, before ?? copy])
      await Promise.all([...all].map(each => store.dropLog(workspaceId, each)))
    }
  }
  return store
}
