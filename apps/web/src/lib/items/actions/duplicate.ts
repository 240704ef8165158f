import { duplicateItem, type Item } from '@foyer/doc'
import { tryEdit } from '#lib/items/edit/try-edit.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { copyName } from './copy-name.ts'

/**
 * Duplicates an item and shows a toast.
 * @returns the copy's id, or null if none was made
 */
export const duplicate = (workspaces: Workspaces, toasts: Toasts, item: Item): string | null => {
  const name = copyName(item.name)
  const id = tryEdit(workspaces, toasts, (doc, now) => duplicateItem(doc, item, name, now))
  if (id !== null) toasts.say(m.items_duplicated({ name }))
  return id
}
