import { ITEM_KINDS, ROOT_OF, type Edit, type ItemRef } from '@foyer/doc'
import type { Notice } from '@foyer/sync'
import { formatList } from '#lib/intl/format-list.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { editsByItem, type EditedItem } from './edits-by-item.ts'
import { fieldWord } from './field-words.ts'

type NameOf = (ref: ItemRef) => string | undefined

/** More notes than anybody reads. */
const MOST_NOTES = 20

/** The notes with one more, which is said once. */
export const addNote = (notes: readonly string[], note: string): readonly string[] =>
  notes.includes(note) ? notes : [...notes, note].slice(-MOST_NOTES)

const KEY = /\b(?:(rooms|webinars|workspace)\/)?([A-Za-z0-9_-]{10,40})\/([A-Za-z]+)\b/

/**
 * A refused change in the person's words: what stays as it was. Null for what a person need not hear of, and
 * for what ends the connection: of that the repair tells.
 */
export const refusalWords = ({ code, message }: Notice, nameOf: NameOf): string | null => {
  switch (code) {
    case 'bad-value':
    case 'bad-entry':
    case 'created-twice':
    case 'removed-entry':
    case 'links-kept-epoch':
    case 'unknown-key':
      return whatOf(message, nameOf) + reasonIn(message)
    case 'version-unknown':
    case 'version-fell':
      return m.shell_refused_version()
    case 'slug-taken': {
      const name = nameIn(message, nameOf)
      return name === undefined ? m.shell_refused_slug() : m.shell_refused_slug_of({ name })
    }
    case 'too-fast':
      return m.shell_refused_too_fast()
    default:
      return null
  }
}

const nameIn = (message: string, nameOf: NameOf): string | undefined => {
  const [, root, id = ''] = KEY.exec(message) ?? []
  const kinds = ITEM_KINDS.filter(kind => root === undefined || ROOT_OF[kind] === root)
  return kinds.map(kind => nameOf({ kind, id })).find(found => found !== undefined)
}

const whatOf = (message: string, nameOf: NameOf): string => {
  const name = nameIn(message, nameOf)
  const field = fieldWord(KEY.exec(message)?.[3] ?? '')
  if (field === undefined) return name === undefined ? m.shell_refused() : m.shell_refused_of({ name })
  return name === undefined ? m.shell_refused_field({ field }) : m.shell_refused_field_of({ field, name })
}

/** The guard's own words behind the key, where it has any for people; it speaks English alone. */
const reasonIn = (message: string): string => {
  const reason = /^(?:rooms|webinars|workspace)\/\S+: ([A-Z].*\.)$/.exec(message)?.[1]
  return reason === undefined || reason.startsWith('Invalid') || getLocale() !== 'en' ? '' : ` ${reason}`
}

/** Names what edits changed, item by item: “Clients” (name, cover), the new room “Studio”. */
export const editWords = (edits: readonly Edit[], nameOf: NameOf): string =>
  formatList(editsByItem(edits).map(item => itemWords(item, nameOf)))

const itemWords = ({ ref, fields: keys }: EditedItem, nameOf: NameOf): string => {
  if (ref === null) return m.shell_edit_workspace()
  const name = nameOf(ref)
  const isRoom = ref.kind === 'room'
  if (keys.includes('created')) {
    if (name === undefined) return isRoom ? m.shell_edit_new_room() : m.shell_edit_new_webinar()
    return isRoom ? m.shell_edit_new_room_named({ name }) : m.shell_edit_new_webinar_named({ name })
  }
  const fields = formatList(keys.map(key => fieldWord(key) ?? key))
  if (name !== undefined) return m.shell_edit_named({ name, fields })
  return isRoom ? m.shell_edit_room({ fields }) : m.shell_edit_webinar({ fields })
}
