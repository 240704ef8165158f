export interface Keyed<T, K> {
  item: T
  key: K
}

/**
 * Keeps a list sorted while few items change: only changed items are moved.
 * Returns the same array while nothing changes.
 */
export interface IncrementalSort<T, K> {
  /**
   * Sorts a possibly different list: one pass and few comparisons.
   * @param keyOf called for every item: keys may change without the item
   */
  all(items: Iterable<T>, keyOf: (item: T) => K): T[]
  /** Updates only the given items. @param itemOf undefined for items no longer in the list */
  some(ids: Iterable<string>, itemOf: (id: string) => T | undefined, keyOf: (item: T) => K): T[]
}

interface Entry<T, K> extends Keyed<T, K> {
  /** The last run of `all` that had this item. */
  run: number
}

/** @param compare a total order: never 0 for two items */
export const createIncrementalSort = <T extends { id: string }, K>(
  compare: (a: Keyed<T, K>, b: Keyed<T, K>) => number
): IncrementalSort<T, K> => {
  const entries = new Map<string, Entry<T, K>>()
  let sorted: Entry<T, K>[] = []
  let list: T[] = []
  let run = 0

  const isUnchanged = (entry: Entry<T, K> | undefined, item: T, key: K): entry is Entry<T, K> =>
    entry?.item === item && Object.is(entry.key, key)
  const listed = (): T[] => (list = sorted.map(({ item }) => item))

  return {
    all(items, keyOf) {
      run++
      const fresh: Entry<T, K>[] = []
      let kept = 0
      for (const item of items) {
        const key = keyOf(item)
        const entry = entries.get(item.id)
        if (isUnchanged(entry, item, key)) {
          entry.run = run
          kept++
        } else fresh.push({ item, key, run })
      }
      if (fresh.length === 0 && kept === sorted.length) return list
      if (kept < sorted.length) {
        for (const entry of sorted) if (entry.run !== run) entries.delete(entry.item.id)
        sorted = sorted.filter(entry => entry.run === run)
      }
      for (const entry of fresh) entries.set(entry.item.id, entry)
      if (fresh.length > sorted.length * FULL_SORT_SHARE) sorted = [...sorted, ...fresh].sort(compare)
      else for (const entry of fresh) sorted.splice(indexIn(sorted, entry, compare), 0, entry)
      return listed()
    },

    some(ids, itemOf, keyOf) {
      let isChanged = false
      for (const id of ids) {
        const before = entries.get(id)
        const item = itemOf(id)
        const key = item && keyOf(item)
        if (item === undefined ? before === undefined : isUnchanged(before, item, key as K)) continue
        isChanged = true
        if (before !== undefined) {
          sorted.splice(indexIn(sorted, before, compare), 1)
          entries.delete(id)
        }
        if (item === undefined) continue
        const entry = { item, key: key as K, run }
        entries.set(id, entry)
        sorted.splice(indexIn(sorted, entry, compare), 0, entry)
      }
      return isChanged ? listed() : list
    }
  }
}

/** Above this share of new items, sorting everything is faster than inserting each. */
const FULL_SORT_SHARE = 1 / 16

/** The index of an entry, or where to insert it (binary search). */
const indexIn = <E>(sorted: E[], entry: E, compare: (a: E, b: E) => number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(sorted[middle] as E, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}
