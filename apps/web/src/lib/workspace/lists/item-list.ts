import { createIncrementalSort, type Keyed } from './incremental-sort.ts'

export interface ItemListOptions<T, K> {
  /** Where the items are found by id; changed in place. */
  of: readonly ReadonlyMap<string, T>[]
  /** Is it one of the list's? */
  has: (item: T) => boolean
  keyOf: (item: T) => K
  /** Tells any two apart. */
  compare: (a: Keyed<T, K>, b: Keyed<T, K>) => number
}

/** Some of many items in an order. One that changes costs a look at that one, however many there are. */
export interface ItemList<T> {
  /** These may be others by now, or have another key; null: all may. */
  mark(ids: ReadonlySet<string> | null): void
  /** The very list of before while nothing in it changes. */
  read(): T[]
}

export const createItemList = <T extends { id: string }, K>({
  of,
  has,
  keyOf,
  compare
}: ItemListOptions<T, K>): ItemList<T> => {
  const sort = createIncrementalSort(compare)
  /** Since the last reading; null: all. */
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
