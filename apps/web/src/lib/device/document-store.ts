import { deleteDB, openDB, type IDBPDatabase } from 'idb'
import * as Y from 'yjs'

/**
 * A document's log on this device, in the layout of y-indexeddb (which can read it). Written anew because
 * that one cannot be made to do what Foyer promises by subclassing: a database that does not open or a
 * row that cannot be read leaves it waiting for ever, and a lost connection makes the edit itself throw.
 */
export interface DocumentStore {
  /** Settles when what was stored is in the document, also when nothing can be stored here. */
  whenLoaded: Promise<void>
  /** Settles when all changes so far are stored, or could not be. */
  flush(): Promise<void>
  close(): void
}

export interface DocumentStoreOptions {
  name: string
  doc: Y.Doc
  /** Changes are not being saved; called with the reason. */
  onTrouble: (error: unknown) => void
  /** They are saved again, all of them. */
  onRecovered: () => void
}

/** Beyond this many rows the log is written as one: on load too, so that it does not grow with each open. */
const ROWS_BEFORE_COMPACTION = 200
const RETRY_MS = 5_000

export const createDocumentStore = (options: DocumentStoreOptions): DocumentStore => {
  const { doc } = options
  const origin = Symbol('from this device')
  let unsaved: Uint8Array[] = []
  let rows = 0
  let loaded = false
  let writing: Promise<void> | null = null
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const close = () => {
    closed = true
    clearTimeout(retryTimer)
    doc.off('update', onUpdate)
    log.close()
  }
  const log = createLog(options.name, close)

  const apply = (updates: Uint8Array[]) => {
    // Nobody listens meanwhile: Yjs would write all that was just read once more, as one large update.
    doc.off('update', onUpdate)
    doc.transact(() => {
      for (const update of updates) {
        try {
          Y.applyUpdate(doc, update, origin)
        } catch (error) {
          console.error('a stored change could not be read', error) // it must not hide all others
        }
      }
    }, origin)
    if (!closed) doc.on('update', onUpdate)
  }
  const load = async () => {
    const updates = await log.readAll()
    rows = updates.length
    apply(updates)
    loaded = true
  }
  const write = async () => {
    if (!loaded) await load()
    while (unsaved.length > 0) {
      const batch = unsaved
      await log.append(batch)
      unsaved = unsaved.slice(batch.length)
      rows += batch.length
    }
    if (rows <= ROWS_BEFORE_COMPACTION) return
    await log.compact(others => {
      apply(others)
      return Y.encodeStateAsUpdate(doc)
    })
    rows = 1
  }
  const writeOrTell = async () => {
    const before = retryTimer
    try {
      await write().catch(() => write()) // once more at once: a connection that iOS dropped can be opened again
      clearTimeout(retryTimer)
      retryTimer = undefined
      if (before !== undefined) options.onRecovered()
    } catch (error) {
      if (closed) return
      options.onTrouble(error)
      clearTimeout(retryTimer)
      retryTimer = setTimeout(() => void save(), RETRY_MS)
    }
  }
  const save = (): Promise<void> => {
    writing ??= writeOrTell().finally(() => {
      writing = null
    })
    return writing
  }
  const onUpdate = (update: Uint8Array) => {
    unsaved.push(update)
    void save()
  }

  doc.on('update', onUpdate)
  return { whenLoaded: save(), flush: save, close }
}

/** The rows of one document's database; it opens by itself, again if the connection was lost. */
const createLog = (name: string, onBlocking: () => void) => {
  let opened: Promise<IDBPDatabase> | null = null
  const lost = () => {
    opened = null
  }
  const open = (): Promise<IDBPDatabase> =>
    (opened ??= openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore('updates', { autoIncrement: true })
        database.createObjectStore('custom')
      },
      blocking: onBlocking, // another tab signs out and deletes it
      terminated: lost
    }))
  const attempt = async <T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> => {
    try {
      return await work(await open())
    } catch (error) {
      lost()
      throw error
    }
  }

  return {
    readAll: () => attempt(database => database.getAll('updates') as Promise<Uint8Array[]>),
    append: (updates: Uint8Array[]) =>
      attempt(async database => {
        const transaction = database.transaction('updates', 'readwrite')
        await Promise.all([...updates.map(update => transaction.store.add(update)), transaction.done])
      }),
    /** Replaces all rows by one. What other tabs wrote meanwhile is handed over in the same transaction. */
    compact: (merge: (rows: Uint8Array[]) => Uint8Array) =>
      attempt(async database => {
        const transaction = database.transaction('updates', 'readwrite')
        const merged = merge((await transaction.store.getAll()) as Uint8Array[])
        await Promise.all([transaction.store.clear(), transaction.store.add(merged), transaction.done])
      }),
    close() {
      void opened?.then(
        database => {
          database.close()
        },
        () => undefined
      )
    }
  }
}

/** Deletes a stored document. Tabs that have it open let go of it. */
export const deleteDocument = (name: string): Promise<void> => deleteDB(name)
