import { itemRefOf, splitKey, type Edit, type ItemRef } from '@foyer/doc'

/** What was edited of one item, or of the workspace itself (no ref). */
export interface EditedItem {
  ref: ItemRef | null
  fields: string[]
}

/** Edits, item by item, in the order in which the items come first. */
export const editsByItem = (edits: readonly Edit[]): EditedItem[] => {
  const items = new Map<string, EditedItem>()
  for (const { root, key } of edits) {
    const ref = itemRefOf(root, key) ?? null
    const place = `${root}/${ref?.id ?? ''}`
    const item = items.get(place) ?? { ref, fields: [] }
    item.fields.push(splitKey(key)?.field ?? key)
    items.set(place, item)
  }
  return [...items.values()]
}
