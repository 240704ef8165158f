import type * as Y from 'yjs'
import { itemRoot, splitKey } from './keys.ts'
import { isGone, readItem, readItems, type Item } from './read.ts'
import type { Entry } from './entry.ts'
import { ITEM_KINDS, type ItemKind } from './item-kinds.ts'

/** What may have changed in an index. */
export interface ItemChange {
  kind: ItemKind
  /** Of these items; null: of all. */
  ids: ReadonlySet<string> | null
}

/** All items of a document but those deleted for good, kept current: one change costs one item's reading, not the whole list's. */
export interface ItemIndex {
  /** Items by id: always the same Map, changed in place. An item that changes is another object. */
  items<K extends ItemKind>(kind: K): ReadonlyMap<string, Extract<Item, { kind: K }>>
  /** Called after each change. @returns ends it */
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
      // As when a document has just been loaded, or another one comes in: reading all at once is quicker.
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
