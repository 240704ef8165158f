import { ITEM_KINDS, ROOT_OF, splitKey, type Edit, type ItemRef } from '@foyer/doc'

/** What was edited of one item, or of the workspace itself (no ref). */
export interface EditedItem {
  ref: ItemRef | null
  fields: string[]
}

/** Edits, item by item, in the order in which the items come first. */
export const editsByItem = (edits: readonly Edit[]): EditedItem[] => {
  const items = new Map<string, EditedItem>()
  for (const { root, key } of edits) {
    const kind = ITEM_KINDS.find(kind => ROOT_OF[kind] === root)
    const parts = splitKey(key)
    const ref = kind === undefined || parts === undefined ? null : { kind, id: parts.id }
    const place = `${root}/${ref?.id ?? ''}`
    const item = items.get(place) ?? { ref, fields: [] }
    item.fields.push(parts?.field ?? key)
    items.set(place, item)
  }
  return [...items.values()]
}
