import { openDB, unwrap, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb'
import { fetchUpdates, storeState, type IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { mergeFacts, NO_FACTS, type CopyFacts } from './copy-facts.ts'

/** A log with more is compacted: on load too, so that it does not grow with each open. */
export const MAX_ROWS = 200

/**
 * y-indexeddb's layout: a row for each update, and a store for whatever belongs to the document.
 */
interface LogSchema extends DBSchema {
  updates: { key: number; value: Uint8Array }
  custom: { key: 'facts'; value: Partial<CopyFacts> }
}

export type DocumentLog = IDBPDatabase<LogSchema>

/** @throws where IndexedDB cannot be opened */
export const openLog = (name: string, callbacks: OpenDBCallbacks<LogSchema>): Promise<DocumentLog> =>
  openDB<LogSchema>(name, 1, {
    ...callbacks,
    upgrade(log) {
      log.createObjectStore('updates', { autoIncrement: true })
      log.createObjectStore('custom')
    }
  })

/**
 * What y-indexeddb's functions use of its class, whose constructor cannot be used (decision 6).
 * The origin of the updates that they apply.
 */
export type Persistence = Pick<IndexeddbPersistence, 'doc' | 'db' | '_dbref' | '_dbsize' | '_destroyed'>

export const createPersistence = (doc: Y.Doc): Persistence => ({
  doc,
  db: null,
  _dbref: 0,
  _dbsize: 0,
  _destroyed: false
})

/** From the first row on: where another page deleted the log, the keys began anew. */
const attach = (persistence: Persistence, log: DocumentLog): IndexeddbPersistence =>
  Object.assign(persistence, { db: unwrap(log), _dbref: 0 }) as IndexeddbPersistence

/**
 * Applies all rows to the document.
 * @param options.generation of what the document holds already; null where it holds nothing of the
 * server's
 * @param options.listen false while the rows are applied: Yjs writes them anew for whoever listens
 * @returns what is known of the copy
 * @throws where the log is of another generation
 */
export const load = async (
  log: DocumentLog,
  persistence: Persistence,
  { generation, listen }: { generation: number | null; listen: (isOn: boolean) => void }
): Promise<CopyFacts> => {
  // Before the rows: never more is known to be stored than is there.
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

/** Else y-indexeddb stops at the first row that Yjs cannot read, and hides those after it. */
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
 * Adds updates, and in the same transaction what is known of the copy. A log that was emptied under
 * the page gets all of the document.
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

/** Replaces all rows by one, which has what other tabs wrote too; so does the document then. */
export const compact = async (log: DocumentLog, persistence: Persistence): Promise<void> => {
  await storeState(attach(persistence, log))
}
