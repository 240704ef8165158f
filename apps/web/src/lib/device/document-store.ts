import { clearDocument } from 'y-indexeddb'
import type * as Y from 'yjs'
import { createConnection } from './connection.ts'
import { learn, NO_FACTS, type CopyFacts } from './copy-facts.ts'
import * as rows from './document-rows.ts'
import { createLastEdits, forgetLastEdits } from './last-edits.ts'
import { createSaver, type SaverEvents } from './saver.ts'
import { withTimeout } from './with-timeout.ts'

/** A document's log on this device: y-indexeddb with a guard around it (decision 6). */
export interface DocumentStore {
  /** Settles when the stored updates are in the document, or storage is unavailable. */
  whenLoaded: Promise<void>
  /** Facts about this copy, as far as loaded. */
  readonly facts: CopyFacts
  /** Updates the facts, which are stored with the following changes or earlier. */
  note(news: Partial<CopyFacts>): void
  /** Settles when all changes so far are stored (true) or failed to be (false). */
  flush(): Promise<boolean>
  /** The page is closing: what is not stored yet is kept for the next open. */
  leave: () => void
  /** Stores the whole document again after `onReleased`. */
  resume(): void
  close(): void
}

export interface DocumentStoreOptions extends SaverEvents {
  name: string
  doc: Y.Doc
  /** Another page deletes this log. Nothing is stored any more until `resume`. */
  onReleased?: () => void
}

export const createDocumentStore = (options: DocumentStoreOptions): DocumentStore => {
  const { name, doc } = options
  const edits = createLastEdits(name)
  let facts = NO_FACTS
  let factsVersion = 0
  let storedVersion = 0
  /** Facts noted before the log was read; null afterwards. */
  let early: Partial<CopyFacts> | null = {}
  const onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === persistence) return
    edits.add(update)
    void saver.save()
  }
  const listen = (isOn: boolean) => {
    if (isOn && !saver.isStopped) doc.on('update', onUpdate)
    else doc.off('update', onUpdate)
  }
  const persistence = rows.createPersistence(doc)
  const release = () => {
    saver.stop()
    listen(false)
    connection.close()
  }
  const saveFacts = () => {
    factsVersion++
    void saver.save()
  }
  const connection = createConnection(callbacks => rows.openLog(name, callbacks), {
    onReleased() {
      release()
      options.onReleased?.()
    },
    onTerminated: saveFacts // finds out whether the log still exists
  })
  const use = async <T>(work: (log: rows.DocumentLog) => Promise<T>): Promise<T> => {
    // A write would recreate the log.
    if (saver.isStopped) throw new Error('another page deletes this log')
    return connection.use(work)
  }
  const load = async (log: rows.DocumentLog) => {
    const stored = await rows.load(log, persistence, { generation: early?.generation ?? null, listen })
    facts = learn(stored, early ?? {})
    for (const update of edits.recover()) rows.tryApply(doc, update, persistence)
    early = null
  }
  const write = async () => {
    if (early !== null) await use(load)
    await Promise.resolve() // batch the updates of this turn
    while (edits.unsaved.length > 0 || storedVersion < factsVersion) {
      const batch = [...edits.unsaved]
      const version = factsVersion
      await use(log => rows.append(log, persistence, batch, facts))
      storedVersion = version
      edits.drop(batch.length)
    }
    if (persistence._dbsize > rows.MAX_ROWS) await use(log => rows.compact(log, persistence))
  }
  const saver = createSaver(write, options)

  listen(true)
  return {
    whenLoaded: withTimeout(saver.save()).then(() => undefined, saver.fail),
    get facts() {
      return facts
    },
    note(news) {
      if (early !== null) early = { ...early, ...news }
      facts = learn(facts, news)
      saveFacts()
    },
    flush: saver.save,
    leave() {
      if (!saver.isStopped) edits.leave()
    },
    resume() {
      saver.start()
      listen(true)
      saveFacts()
    },
    close: release
  }
}

/** Deletes a stored document. Tabs that have it open close it. */
export const deleteDocument = async (name: string): Promise<void> => {
  await clearDocument(name)
  forgetLastEdits(name)
}
