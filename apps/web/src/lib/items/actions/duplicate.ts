import { duplicateItem, type Item } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'
import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'
import { attempt } from '#lib/items/attempt.ts'
import { copyName } from './copy-name.ts'

/**
 * Makes a copy of an item and says so.
 * @returns the copy's id, or null where none was made
 */
export const duplicate = (foyer: Foyer, item: Item): string | null => {
  const name = copyName(item.name)
  const id = attempt(foyer, (doc, now) => duplicateItem(doc, item, name, now))
  if (id !== null) foyer.messages.say(m.items_duplicated({ name }))
  return id
}
