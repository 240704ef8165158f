import type * as Y from 'yjs'
import { itemRoot, splitKey } from './keys.ts'
import { isGone, readItem, readItems, type Item } from './read.ts'
import type { Entry } from './entry.ts'
import { ITEM_KINDS, type ItemKind } from './item-kinds.ts'

/** What may have changed in an index. */
export interface ItemChange {
  kind: ItemKind
  /** The changed items; null: possibly all. */
  ids: ReadonlySet<string> | null
}

/**
 * A live index of all items of a document except those deleted for good. A change rereads only the
 * items concerned, not the whole list.
 */
export interface ItemIndex {
  /** Items by id. The Map is updated in place; a changed item is a new object. */
  items<K extends ItemKind>(kind: K): ReadonlyMap<string, Extract<Item, { kind: K }>>
  /** Calls the listener after each change. @returns unsubscribes */
  subscribe(listener: (change: ItemChange) => void): () => void
  destroy(): void
}

export const createItemIndex = (doc: Y.Doc): ItemIndex => {
  const listeners = new Set<(change: ItemChange) => void>()
  const maps: Record<ItemKind, Map<string, Item>> = { room: new Map(), webinar: new Map() }

  const readAll = (kind: ItemKind) => {
    maps[kind].clear()
    for (const item of readItems(doc, kind)) if (!isGone(item)) maps[kind].set(item.id, item)
  }
  const refresh = (kind: ItemKind, ids: ReadonlySet<string>) => {
    for (const id of ids) {
      const item = readItem(doc, { kind, id })
      if (item === undefined || isGone(item)) maps[kind].delete(id)
      else maps[kind].set(id, item)
    }
  }

  const watch = (kind: ItemKind) => {
    const root = itemRoot(doc, kind)
    const onChange = ({ keysChanged }: Y.YMapEvent<Entry>) => {
      const ids = idsIn(keysChanged as Set<string>)
      // After loading or merging a document, reading everything is faster.
      const areMost = ids.size > maps[kind].size
      if (areMost) readAll(kind)
      else refresh(kind, ids)
      for (const listener of listeners) listener({ kind, ids: areMost ? null : ids })
    }
    readAll(kind)
    root.observe(onChange)
    return () => {
      root.unobserve(onChange)
    }
  }
  const unwatch = ITEM_KINDS.map(watch)

  return {
    items: <K extends ItemKind>(kind: K) =>
      maps[kind] as unknown as ReadonlyMap<string, Extract<Item, { kind: K }>>,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    destroy() {
      for (const end of unwatch) end()
      listeners.clear()
    }
  }
}

const idsIn = (keys: ReadonlySet<string>): Set<string> => {
  const ids = new Set<string>()
  for (const key of keys) {
    const parts = splitKey(key)
    if (parts !== undefined) ids.add(parts.id)
  }
  return ids
}
