import type * as Y from 'yjs'
import { isGone, itemRoot, readItem, readItems, splitKey, type Item } from './read.ts'
import { ITEM_KINDS, type Entry, type ItemKind } from './schema.ts'

/** All items of a document but those deleted for good, kept current: one change costs one item's reading, not the whole list's. */
export interface ItemIndex {
  /** Items by id; a new Map after each change of that kind, so that identity tells. */
  items<K extends ItemKind>(kind: K): ReadonlyMap<string, Extract<Item, { kind: K }>>
  /** Called after each change. @returns ends it */
  subscribe(listener: () => void): () => void
  destroy(): void
}

export const createItemIndex = (doc: Y.Doc): ItemIndex => {
  const listeners = new Set<() => void>()
  const maps: Record<ItemKind, Map<string, Item>> = { room: new Map(), webinar: new Map() }

  const readAll = (kind: ItemKind) => {
    const items: Item[] = readItems(doc, kind)
    maps[kind] = new Map(items.filter(item => !isGone(item)).map(item => [item.id, item]))
  }
  const refresh = (kind: ItemKind, ids: ReadonlySet<string>) => {
    // As when another document comes in.
    if (ids.size > maps[kind].size) {
      readAll(kind)
      return
    }
    const next = new Map(maps[kind])
    for (const id of ids) {
      const item = readItem(doc, { kind, id })
      if (item === undefined || isGone(item)) next.delete(id)
      else next.set(id, item)
    }
    maps[kind] = next
  }

  const watch = (kind: ItemKind) => {
    const root = itemRoot(doc, kind)
    const onChange = ({ keysChanged }: Y.YMapEvent<Entry>) => {
      // Nothing was there: the document has just been loaded, and reading all at once is quicker.
      if (maps[kind].size === 0) readAll(kind)
      else refresh(kind, idsIn(keysChanged as Set<string>))
      for (const listener of listeners) listener()
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
