import { ITEM_KINDS, ROOT_OF, splitKey } from '@foyer/doc'
import { unsyncedKeys, type StateVector } from '@foyer/sync'
import type * as Y from 'yjs'

/**
 * The ids of the items with unsynced changes. The cost depends on those changes only.
 * Returns the same set while it does not change, so that nothing is rendered again.
 */
export const createUnsyncedItems = (doc: Y.Doc, stored: () => StateVector): (() => ReadonlySet<string>) => {
  let last: ReadonlySet<string> = new Set()
  return () => {
    const ids = new Set<string>()
    for (const kind of ITEM_KINDS) {
      for (const key of unsyncedKeys(doc.getMap(ROOT_OF[kind]), stored())) {
        const id = splitKey(key)?.id
        if (id !== undefined) ids.add(id)
      }
    }
    if (ids.symmetricDifference(last).size > 0) last = ids
    return last
  }
}
