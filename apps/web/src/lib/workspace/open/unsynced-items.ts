import { ITEM_KINDS, ROOT_OF, splitKey } from '@foyer/doc'
import { unsyncedKeys, type StateVector } from '@foyer/sync'
import type * as Y from 'yjs'

/**
 * Ids of the items with changes that the server does not have. Costs as much as there are such changes,
 * however many rooms; the same set is given again while nothing in it changes, so that nothing is drawn anew.
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
