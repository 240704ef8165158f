import type { Edit, ItemRef } from '@foyer/doc'
import { formatList } from '#lib/intl/format-list.ts'
import { m } from '#lib/paraglide/messages.js'
import { editsByItem, type EditedItem } from '#lib/workspace/refusals/edits-by-item.ts'
import { fieldWord } from '#lib/workspace/refusals/field-words.ts'

/** An item with unsynced changes, and a description of them. */
export interface UnsyncedItem {
  id: string
  name: string
  what: string
}

/**
 * Lists the items with unsynced changes.
 * @param uses unsent times of last use
 * @param nameOf an item's name; undefined if the item no longer exists
 */
export const listUnsyncedItems = (
  edits: readonly Edit[],
  uses: Readonly<Record<string, number>>,
  nameOf: (ref: Pick<ItemRef, 'id'>) => string | undefined
): UnsyncedItem[] => {
  const edited = editsByItem(edits)
  const used = Object.keys(uses)
  const isEdited = new Set(edited.map(({ ref }) => ref?.id))
  return [
    ...edited.map(item => ({
      id: item.ref?.id ?? 'workspace',
      name: nameIn(item, nameOf),
      what: formatList([
        ...fieldsIn(item),
        ...(item.ref !== null && item.ref.id in uses ? [m.shell_storage_last_use()] : [])
      ])
    })),
    ...used
      .filter(id => !isEdited.has(id))
      .map(id => ({
        id,
        name: nameOf({ id }) ?? m.shell_storage_unnamed(),
        what: m.shell_storage_last_use()
      }))
  ]
}

const nameIn = ({ ref }: EditedItem, nameOf: (ref: ItemRef) => string | undefined): string =>
  ref === null ? m.shell_storage_workspace() : (nameOf(ref) ?? m.shell_storage_unnamed())

const fieldsIn = ({ fields }: EditedItem): string[] =>
  fields.includes('created') ? [m.shell_storage_new()] : fields.map(field => fieldWord(field) ?? field)
