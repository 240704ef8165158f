import type * as Y from 'yjs'
import { checkEntry } from './guard.ts'
import { isCreation, isDocumentRoot, isInRoot, itemIdOf, splitKey } from './keys.ts'
import { isSameEntry, parseEntry, withoutUndefined, type Entry } from './entry.ts'

/** A value written under a key of a root map. */
export interface Edit {
  root: string
  key: string
  entry: unknown
}

export interface CarriedOver {
  /** Written. Edits already there, or older than the current value, are in neither list. */
  kept: Edit[]
  /** Refused by the guard, or made to an item that no longer exists. */
  left: Edit[]
}

/**
 * Writes edits of one document into another that shares no Yjs history with it. The guard checks
 * each edit, and the later edit wins. A missing item is recreated only if the edits include its
 * creation, so that a removed item stays removed. One transaction per item, creation first.
 */
export const carryOver = (edits: Edit[], doc: Y.Doc): CarriedOver => {
  const result: CarriedOver = { kept: [], left: [] }
  for (const group of byItem(edits)) {
    doc.transact(() => {
      for (const edit of group) {
        const fate = write(doc, edit)
        if (fate !== 'settled') result[fate].push(edit)
      }
    })
  }
  return result
}

const write = (doc: Y.Doc, { root, key, entry }: Edit): 'kept' | 'left' | 'settled' => {
  if (!isDocumentRoot(root)) return 'left' // getMap would create it
  const map = doc.getMap<Entry>(root)
  const before = parseEntry(map.get(key))
  if (before !== undefined && isSameEntry(before, entry)) return 'settled'
  const edit = parseEntry(entry)
  const id = itemIdOf(root, key)
  const hasHome = id === undefined || isCreation(key) || isInRoot(map, id)
  if (edit === undefined || !hasHome) return 'left'
  if (before !== undefined && before[1] > edit[1]) return 'settled'
  if (checkEntry(root, key, before, edit) !== null) return 'left'
  map.set(key, [withoutUndefined(edit[0]), edit[1]])
  return 'kept'
}

const byItem = (edits: Edit[]): Edit[][] => {
  const groups = new Map<string, Edit[]>()
  for (const edit of edits) {
    const name = `${edit.root}/${splitKey(edit.key)?.id ?? ''}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [edit])
    else if (isCreation(edit.key)) group.unshift(edit)
    else group.push(edit)
  }
  return [...groups.values()]
}
