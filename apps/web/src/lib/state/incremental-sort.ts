export interface Keyed<T, K> {
  item: T
  key: K
}

/**
 * Sorts a list again and again while little of it changes: what is as it was keeps its place, the rest is put
 * in between. One change among thousands costs one pass and a few comparisons.
 * @returns sorts items by a key that is worked out anew each time, and may change while the item does not
 */
export const createIncrementalSort = <T extends { id: string }, K>(
  compare: (a: Keyed<T, K>, b: Keyed<T, K>) => number
): ((items: Iterable<T>, keyOf: (item: T) => K) => T[]) => {
  let sorted: Keyed<T, K>[] = []

  return (items, keyOf) => {
    const now = new Map<string, Keyed<T, K>>()
    for (const item of items) now.set(item.id, { item, key: keyOf(item) })
    const kept = sorted.filter(before => {
      const entry = now.get(before.item.id)
      if (entry?.item !== before.item || !Object.is(entry.key, before.key)) return false
      now.delete(before.item.id)
      return true
    })
    sorted = withSorted(kept, [...now.values()], compare)
    return sorted.map(({ item }) => item)
  }
}

/** The share of new ones from which sorting all is quicker than finding each one's place. */
const FEW = 1 / 16

const withSorted = <E>(sorted: E[], fresh: E[], compare: (a: E, b: E) => number): E[] => {
  if (fresh.length > sorted.length * FEW) return [...sorted, ...fresh].sort(compare)
  for (const entry of fresh) {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(sorted[middle] as E, entry) <= 0) low = middle + 1
      else high = middle
    }
    sorted.splice(low, 0, entry)
  }
  return sorted
}
