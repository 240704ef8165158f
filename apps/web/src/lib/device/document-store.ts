import { deleteDB, openDB, type IDBPDatabase } from 'idb'
import * as Y from 'yjs'
import { createConnection, type ConnectionEvents } from './connection.ts'
import { mergeFacts, NO_FACTS, type CopyFacts } from './copy-facts.ts'
import { keepLastEdits, readLastEdits, type LastEdits } from './last-edits.ts'
import { withinReason } from './within-reason.ts'

/**
 * A document's log on this device, in the layout of y-indexeddb (which can read it). Written anew because
 * that one cannot be made to do what Foyer promises by subclassing: a database that does not open or a
 * row that cannot be read leaves it waiting for ever, and a lost connection makes the edit itself throw.
 */
export interface DocumentStore {
  /** Settles when what was stored is in the document, also when nothing can be stored here. */
  whenLoaded: Promise<void>
  /** What is known of this copy, as far as it is loaded. */
  readonly facts: CopyFacts
  /** Learns something of this copy: stored with the changes that follow, or before them. */
  note(news: Partial<CopyFacts>): void
  /** Settles when all so far is stored (true), or could not be. */
  flush(): Promise<boolean>
  /** The page goes, perhaps for ever: what is not stored by then is there at the next open all the same. */
  leave: () => void
  /** Stores again after `onReleased`: all of the document. */
  resume(): void
  close(): void
}

export interface DocumentStoreOptions {
  name: string
  doc: Y.Doc
  /** Changes are not being saved; called with the reason. */
  onTrouble: (error: unknown) => void
  /** They are saved again, all of them. */
  onRecovered: () => void
  /** Another page deletes this log. Nothing is stored any more, unless `resume` is called. */
  onReleased?: () => void
}

/** Beyond this many rows the log is written as one: on load too, so that it does not grow with each open. */
const ROWS_BEFORE_COMPACTION = 200
const RETRY_MS = 5_000

export const createDocumentStore = (options: DocumentStoreOptions): DocumentStore => {
  const { doc } = options
  const origin = Symbol('from this device')
  let facts = NO_FACTS
  /** Learned before the log could be read. */
  let early: Partial<CopyFacts> = {}
  const unsaved: Uint8Array[] = []
  let factsChanged = false
  let rows = 0
  let loaded = false
  let troubled = false
  let writing: Promise<boolean> | null = null
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let released = false
  /** The page goes: what is not written by now is kept elsewhere. */
  let leaving = false
  const page = crypto.randomUUID()
  let lastEdits: LastEdits | null = null

  const release = () => {
    released = true
    clearTimeout(retryTimer)
    doc.off('update', onUpdate)
    log.close()
  }
  const log = createLog(options.name, {
    onReleased() {
      release()
      options.onReleased?.()
    },
    onTerminated() {
      factsChanged = true // it looks whether the log is still there
      void save()
    }
  })

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
    if (!released) doc.on('update', onUpdate)
  }
  const load = async () => {
    const stored = await log.read()
    const { generation = null } = early
    if (generation !== null && (stored.facts.generation ?? generation) !== generation) {
      throw new Error('read too late: the document is of another generation by now')
    }
    rows = stored.updates.length
    facts = mergeFacts(stored.facts, { ...stored.facts, ...early })
    lastEdits = readLastEdits(options.name)
    apply([...stored.updates, ...lastEdits.updates])
    unsaved.unshift(...lastEdits.updates)
    loaded = true
  }
  const mustNotBeReleased = () => {
    if (released) throw new Error('another page deletes this log') // a write would bring it back
  }
  const write = async () => {
    mustNotBeReleased()
    if (!loaded) await load()
    await Promise.resolve() // what comes in this turn goes together
    while (unsaved.length > 0 || factsChanged) {
      mustNotBeReleased()
      const batch = [...unsaved]
      factsChanged = false
      try {
        // An emptied log (the browser cleared its data) gets all of the document, not the last change alone.
        rows = await log.append({ batch, facts, whole: () => Y.encodeStateAsUpdate(doc) })
      } catch (error) {
        factsChanged = true
        throw error
      }
      unsaved.splice(0, batch.length)
    }
    lastEdits?.forget()
    lastEdits = null
    if (leaving) keepLastEdits(options.name, page, []) // it came back
    leaving = false
    if (rows <= ROWS_BEFORE_COMPACTION) return
    mustNotBeReleased()
    await log.compact(others => {
      apply(others)
      return Y.encodeStateAsUpdate(doc)
    })
    rows = 1
  }
  const writeOrTell = async (): Promise<boolean> => {
    clearTimeout(retryTimer)
    try {
      await write().catch(() => write()) // once more at once: a connection that iOS dropped can be opened again
      if (troubled) options.onRecovered()
      troubled = false
      return true
    } catch (error) {
      if (!released) tell(error)
      return false
    }
  }
  const tell = (error: unknown) => {
    troubled = true
    options.onTrouble(error)
    clearTimeout(retryTimer)
    retryTimer = setTimeout(() => void save(), RETRY_MS)
  }
  const save = (): Promise<boolean> => {
    if (released) return Promise.resolve(false)
    writing ??= writeOrTell().finally(() => {
      writing = null
    })
    return writing
  }
  const onUpdate = (update: Uint8Array) => {
    unsaved.push(update)
    if (leaving) leave()
    void save()
  }
  const leave = () => {
    if (released) return
    leaving = true
    if (unsaved.length > 0) keepLastEdits(options.name, page, unsaved)
  }
  const whenLoaded = async () => {
    try {
      await withinReason(save())
    } catch (error) {
      tell(error)
    }
  }

  doc.on('update', onUpdate)
  return {
    whenLoaded: whenLoaded(),
    get facts() {
      return facts
    },
    note(news) {
      if (!loaded) early = { ...early, ...news }
      facts = mergeFacts(facts, { ...facts, ...news })
      factsChanged = true
      void save()
    },
    flush: save,
    leave,
    resume() {
      if (!released) return
      released = false
      factsChanged = true
      doc.on('update', onUpdate)
      void save()
    },
    close: release
  }
}

const FACTS = 'facts'

/** The rows of one document's database, and its facts. */
const createLog = (name: string, events: ConnectionEvents) => {
  const open = (callbacks: object): Promise<IDBPDatabase> =>
    openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore('updates', { autoIncrement: true })
        database.createObjectStore('custom')
      },
      ...callbacks
    })
  const { use, close } = createConnection(open, events)
  const readFacts = async (custom: { get: (key: string) => Promise<unknown> }): Promise<CopyFacts> => ({
    ...NO_FACTS,
    ...((await custom.get(FACTS)) as Partial<CopyFacts> | undefined)
  })

  return {
    read: () =>
      use(async database => {
        const transaction = database.transaction(['updates', 'custom'])
        const [updates, facts] = await Promise.all([
          transaction.objectStore('updates').getAll() as Promise<Uint8Array[]>,
          readFacts(transaction.objectStore('custom'))
        ])
        return { updates, facts }
      }),
    /** @returns how many rows there are now, other tabs' too */
    append: ({ batch, facts, whole }: { batch: Uint8Array[]; facts: CopyFacts; whole: () => Uint8Array }) =>
      use(async database => {
        const transaction = database.transaction(['updates', 'custom'], 'readwrite')
        const rows = transaction.objectStore('updates')
        const custom = transaction.objectStore('custom')
        const write = async () => {
          const [count, theirs] = await Promise.all([rows.count(), readFacts(custom)])
          const added = count > 0 ? batch : [whole()]
          await Promise.all([
            ...added.map(update => rows.add(update)),
            custom.put(mergeFacts(theirs, facts), FACTS)
          ])
          return count + added.length
        }
        const [count] = await Promise.all([write(), transaction.done])
        return count
      }),
    /** Replaces all rows by one. What other tabs wrote meanwhile is handed over in the same transaction. */
    compact: (merge: (rows: Uint8Array[]) => Uint8Array) =>
      use(async database => {
        const transaction = database.transaction('updates', 'readwrite')
        const merged = merge((await transaction.store.getAll()) as Uint8Array[])
        await Promise.all([transaction.store.clear(), transaction.store.add(merged), transaction.done])
      }),
    close
  }
}

/** Deletes a stored document. Tabs that have it open let go of it. */
export const deleteDocument = async (name: string): Promise<void> => {
  await deleteDB(name)
  readLastEdits(name).forget()
}
