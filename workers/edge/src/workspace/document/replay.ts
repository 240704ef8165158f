import * as Y from 'yjs'
import { describeError } from '../../log.ts'
import type { SetAside, StoredHistory, StoredUpdate } from '../storage/update-store.ts'

/** A document as its history makes it, and what of the history is of no use. */
export interface Replayed {
  doc: Y.Doc
  setAside: SetAside[]
}

/**
 * Makes a document of what is stored. An update that cannot be applied, or builds on one that could not be, is
 * left out: a document that lacks one change is of more use than none.
 * @returns null where it is the snapshot that cannot be read
 */
export const replay = ({ snapshot, updates }: StoredHistory): Replayed | null => {
  const stored = snapshot === null ? [] : [{ seq: snapshot.seq, bytes: snapshot.bytes }]
  const all = applyAll([...stored, ...updates])
  if (all !== null) return { doc: all, setAside: [] }
  if (applyAll(stored) === null) return null
  return replayOneByOne(stored, updates)
}

/** In one transaction, which is much quicker than one each. @returns null when something is wrong */
const applyAll = (updates: StoredUpdate[]): Y.Doc | null => {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const { bytes } of updates) Y.applyUpdate(doc, bytes)
    })
    // What it holds is told to everybody, and becomes a snapshot.
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
      // What was half applied cannot be taken back; what came before it is quicker read as one.
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

/** Why an update cannot be applied, as far as that shows without the document: finding it out costs the document nothing. */
const flawOf = (bytes: Uint8Array): string | null => {
  try {
    const { structs } = Y.decodeUpdate(bytes)
    const followsLater = structs.some(struct => struct instanceof Y.Item && isOwnFuture(struct))
    return followsLater ? 'an item follows a later one of its own client' : null
  } catch (error) {
    return describeError(error)
  }
}

/** Yjs looks for such a one where it cannot be yet, and throws. */
const isOwnFuture = ({ id, origin, rightOrigin }: Y.Item): boolean =>
  [origin, rightOrigin].some(other => other?.client === id.client && other.clock >= id.clock)

/** Does Yjs keep parts of updates until what they build on comes? */
export const isWaiting = ({ store }: Y.Doc): boolean =>
  store.pendingStructs !== null || store.pendingDs !== null
