import { openDB, unwrap, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb'
import { fetchUpdates, storeState, type IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { mergeFacts, NO_FACTS, type CopyFacts } from './copy-facts.ts'

/** Longer logs are compacted, on load too, so that they do not grow with each open. */
export const MAX_ROWS = 200

/** y-indexeddb's schema: a row per update, and a store for custom values. */
interface LogSchema extends DBSchema {
  updates: { key: number; value: Uint8Array }
  custom: { key: 'facts'; value: Partial<CopyFacts> }
}

export type DocumentLog = IDBPDatabase<LogSchema>

/** @throws if IndexedDB cannot be opened */
export const openLog = (name: string, callbacks: OpenDBCallbacks<LogSchema>): Promise<DocumentLog> =>
  openDB<LogSchema>(name, 1, {
    ...callbacks,
    upgrade(log) {
      log.createObjectStore('updates', { autoIncrement: true })
      log.createObjectStore('custom')
    }
  })

/**
 * The part of y-indexeddb's class that its functions use, without its constructor (decision 6).
 * Also the origin of the updates that they apply.
 */
export type Persistence = Pick<IndexeddbPersistence, 'doc' | 'db' | '_dbref' | '_dbsize' | '_destroyed'>

export const createPersistence = (doc: Y.Doc): Persistence => ({
  doc,
  db: null,
  _dbref: 0,
  _dbsize: 0,
  _destroyed: false
})

/** Starts at the first row: keys restart after another page deleted the log. */
const attach = (persistence: Persistence, log: DocumentLog): IndexeddbPersistence =>
  Object.assign(persistence, { db: unwrap(log), _dbref: 0 }) as IndexeddbPersistence

/**
 * Applies all rows to the document.
 * @param options.generation of the server's content in the document; null if there is none
 * @param options.listen turns the update listener off while rows are applied
 * @returns the copy's facts
 * @throws if the log is of another generation
 */
export const load = async (
  log: DocumentLog,
  persistence: Persistence,
  { generation, listen }: { generation: number | null; listen: (isOn: boolean) => void }
): Promise<CopyFacts> => {
  // Before the rows, so that the facts never cover more than the rows do.
  const facts = { ...NO_FACTS, ...(await log.get('custom', 'facts')) }
  if (generation !== null && (facts.generation ?? generation) !== generation) {
    throw new Error('read too late: the document is of another generation by now')
  }
  const read = () =>
    fetchUpdates(
      attach(persistence, log),
      () => {
        listen(false)
      },
      () => {
        listen(true)
      }
    )
  await read().catch(async (error: unknown) => {
    listen(true)
    console.error('a log could not be read at once', error)
    await deleteUnreadable(log)
    await read()
  })
  return facts
}

/** y-indexeddb stops at the first unreadable row, which would hide those after it. */
const deleteUnreadable = async (log: DocumentLog): Promise<void> => {
  const scratch = new Y.Doc()
  const { store } = log.transaction('updates', 'readwrite')
  let cursor = await store.openCursor()
  while (cursor !== null) {
    if (!tryApply(scratch, cursor.value)) await cursor.delete()
    cursor = await cursor.continue()
  }
}

/** Applies an update. @returns whether Yjs can read it */
export const tryApply = (doc: Y.Doc, update: Uint8Array, origin?: unknown): boolean => {
  try {
    Y.applyUpdate(doc, update, origin)
    return true
  } catch (error) {
    console.error('a stored change could not be read', error)
    return false
  }
}

/**
 * Appends updates and the copy's facts in one transaction.
 * A log that was emptied by another page gets the whole document.
 */
export const append = async (
  log: DocumentLog,
  persistence: Persistence,
  batch: Uint8Array[],
  facts: CopyFacts
): Promise<void> => {
  const transaction = log.transaction(['updates', 'custom'], 'readwrite')
  const updates = transaction.objectStore('updates')
  const custom = transaction.objectStore('custom')
  const write = async () => {
    const [count, theirs] = await Promise.all([updates.count(), custom.get('facts')])
    const added = count > 0 ? batch : [Y.encodeStateAsUpdate(persistence.doc)]
    await Promise.all([
      ...added.map(update => updates.add(update)),
      custom.put(mergeFacts({ ...NO_FACTS, ...theirs }, facts), 'facts')
    ])
    persistence._dbsize = count + added.length
  }
  await Promise.all([write(), transaction.done])
}

/** Replaces all rows with one, including what other tabs wrote; the document gets that too. */
export const compact = async (log: DocumentLog, persistence: Persistence): Promise<void> => {
  await storeState(attach(persistence, log))
}
