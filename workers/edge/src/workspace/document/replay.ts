import * as Y from 'yjs'
import { describeError } from '../../log.ts'
import type { SetAside, StoredHistory, StoredUpdate } from '../storage/update-store.ts'

/** A document made from its history, and the unusable parts of the history. */
export interface Replayed {
  doc: Y.Doc
  setAside: SetAside[]
}

/**
 * Rebuilds a document from storage. An update that cannot be applied, or depends on such a one, is
 * skipped: a document without one change is better than none.
 * @returns null when the snapshot itself is unreadable
 */
export const replay = ({ snapshot, updates }: StoredHistory): Replayed | null => {
  const stored = snapshot === null ? [] : [{ seq: snapshot.seq, bytes: snapshot.bytes }]
  const all = applyAll([...stored, ...updates])
  if (all !== null) return { doc: all, setAside: [] }
  if (applyAll(stored) === null) return null
  return replayOneByOne(stored, updates)
}

/** Uses one transaction, which is much faster. @returns null on any error */
const applyAll = (updates: StoredUpdate[]): Y.Doc | null => {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const { bytes } of updates) Y.applyUpdate(doc, bytes)
    })
    // It must also be encodable, for peers and snapshots.
    Y.encodeStateAsUpdate(doc)
  } catch {
    return null
  }
  return isWaiting(doc) ? null : doc
}

const replayOneByOne = (stored: StoredUpdate[], updates: StoredUpdate[]): Replayed => {
  const setAside: SetAside[] = []
  const good = [...stored]
  let doc = applyAll(good) ?? new Y.Doc()
  for (const update of updates) {
    const leaveOut = (reason: string) => setAside.push({ kind: 'update', name: '', ...update, reason })
    const flaw = flawOf(update.bytes)
    if (flaw !== null) {
      leaveOut(flaw)
      continue
    }
    try {
      Y.applyUpdate(doc, update.bytes)
    } catch (error) {
      leaveOut(describeError(error))
      // A half-applied update cannot be undone: rebuild, and merge what came before to do it
      // faster.
      doc = applyAll(good) ?? new Y.Doc()
      good.splice(0, Infinity, { seq: update.seq, bytes: Y.encodeStateAsUpdate(doc) })
      continue
    }
    if (isWaiting(doc)) {
      leaveOut('it builds on what is not there')
      doc.store.pendingStructs = null
      doc.store.pendingDs = null
    } else good.push(update)
  }
  return { doc, setAside }
}

/** Why an update is unusable, as far as that shows without applying it. */
const flawOf = (bytes: Uint8Array): string | null => {
  try {
    const { structs } = Y.decodeUpdate(bytes)
    const followsLater = structs.some(struct => struct instanceof Y.Item && isOwnFuture(struct))
    return followsLater ? 'an item follows a later one of its own client' : null
  } catch (error) {
    return describeError(error)
  }
}

/** Yjs would look it up before it exists, and throw. */
const isOwnFuture = ({ id, origin, rightOrigin }: Y.Item): boolean =>
  [origin, rightOrigin].some(other => other?.client === id.client && other.clock >= id.clock)

/** Whether Yjs holds pending structs or deletions. */
export const isWaiting = ({ store }: Y.Doc): boolean =>
  store.pendingStructs !== null || store.pendingDs !== null
