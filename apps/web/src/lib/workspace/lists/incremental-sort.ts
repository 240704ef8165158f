export interface Keyed<T, K> {
  item: T
  key: K
}

/**
 * A list that is sorted again and again while little of it changes: what is as it was keeps its place, the rest is put
 * in between. While nothing changes, it is the very list of before.
 */
export interface IncrementalSort<T, K> {
  /**
   * Sorts what may be a different list: one look at each, and a few comparisons.
   * @param keyOf worked out anew each time: a key may change while its item does not
   */
  all(items: Iterable<T>, keyOf: (item: T) => K): T[]
  /** Where it is known which items may have changed. @param itemOf undefined where it is no part of the list any more */
  some(ids: Iterable<string>, itemOf: (id: string) => T | undefined, keyOf: (item: T) => K): T[]
}

interface Entry<T, K> extends Keyed<T, K> {
  /** In which run of `all` it was there. */
  run: number
}

/** @param compare tells any two apart: no two are in the same place */
export const createIncrementalSort = <T extends { id: string }, K>(
  compare: (a: Keyed<T, K>, b: Keyed<T, K>) => number
): IncrementalSort<T, K> => {
  const entries = new Map<string, Entry<T, K>>()
  let sorted: Entry<T, K>[] = []
  let list: T[] = []
  let run = 0

  const isAsBefore = (entry: Entry<T, K> | undefined, item: T, key: K): entry is Entry<T, K> =>
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
        if (isAsBefore(entry, item, key)) {
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
      if (fresh.length > sorted.length * FEW) sorted = [...sorted, ...fresh].sort(compare)
      else for (const entry of fresh) sorted.splice(placeOf(sorted, entry, compare), 0, entry)
      return listed()
    },

    some(ids, itemOf, keyOf) {
      let isChanged = false
      for (const id of ids) {
        const before = entries.get(id)
        const item = itemOf(id)
        const key = item && keyOf(item)
        if (item === undefined ? before === undefined : isAsBefore(before, item, key as K)) continue
        isChanged = true
        if (before !== undefined) {
          sorted.splice(placeOf(sorted, before, compare), 1)
          entries.delete(id)
        }
        if (item === undefined) continue
        const entry = { item, key: key as K, run }
        entries.set(id, entry)
        sorted.splice(placeOf(sorted, entry, compare), 0, entry)
      }
      return isChanged ? listed() : list
    }
  }
}

/** The share of new ones from which sorting all is quicker than finding each one's place. */
const FEW = 1 / 16

/** Where an entry stands, or would. */
const placeOf = <E>(sorted: E[], entry: E, compare: (a: E, b: E) => number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(sorted[middle] as E, entry) < 0) low = middle + 1
    else high = middle
  }
  return low
}
