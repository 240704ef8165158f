import { createIncrementalSort, type Keyed } from './incremental-sort.ts'

export interface ItemListOptions<T, K> {
  /** The live maps of items by id. */
  of: readonly ReadonlyMap<string, T>[]
  /** Whether an item belongs to the list. */
  has: (item: T) => boolean
  keyOf: (item: T) => K
  /** A total order. */
  compare: (a: Keyed<T, K>, b: Keyed<T, K>) => number
}

/** A filtered and sorted list of items. A changed item costs the same, however long the list is. */
export interface ItemList<T> {
  /** Marks items whose value or key may have changed; null for all. */
  mark(ids: ReadonlySet<string> | null): void
  /** Returns the same array while nothing changes. */
  read(): T[]
}

export const createItemList = <T extends { id: string }, K>({
  of,
  has,
  keyOf,
  compare
}: ItemListOptions<T, K>): ItemList<T> => {
  const sort = createIncrementalSort(compare)
  /** Marked since the last read; null for all. */
  let marked: Set<string> | null = null

  const itemOf = (id: string): T | undefined => {
    const item = of.find(items => items.has(id))?.get(id)
    return item !== undefined && has(item) ? item : undefined
  }
  const all = (): T[] => {
    const items: T[] = []
    for (const each of of) for (const item of each.values()) if (has(item)) items.push(item)
    return items
  }
  return {
    mark(ids) {
      if (ids === null) marked = null
      else if (marked !== null) for (const id of ids) marked.add(id)
    },
    read() {
      const ids = marked
      marked = new Set()
      return ids === null ? sort.all(all(), keyOf) : sort.some(ids, itemOf, keyOf)
    }
  }
}
