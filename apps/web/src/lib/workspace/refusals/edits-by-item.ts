import { itemRefOf, splitKey, type Edit, type ItemRef } from '@foyer/doc'

/** The edited fields of one item, or of the workspace itself (no ref). */
export interface EditedItem {
  ref: ItemRef | null
  fields: string[]
}

/** Groups edits by item, in order of first appearance. */
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
