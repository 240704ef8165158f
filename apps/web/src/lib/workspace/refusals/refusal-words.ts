import { kindOf, type Edit, type ItemRef } from '@foyer/doc'
import type { Notice } from '@foyer/sync'
import { formatList } from '#lib/intl/format-list.ts'
import { m } from '#lib/paraglide/messages.js'
import { editsByItem, type EditedItem } from './edits-by-item.ts'
import { fieldWord } from './field-words.ts'
import { sayingOf } from './refusal-table.ts'
import { reasonWords } from './refusal-text.ts'

type NameOf = (ref: ItemRef) => string | undefined

/** Older notes are dropped. */
const MOST_NOTES = 20

/** Appends a note, without duplicates. */
export const addNote = (notes: readonly string[], note: string): readonly string[] =>
  notes.includes(note) ? notes : [...notes, note].slice(-MOST_NOTES)

/**
 * Describes a refused change: what was undone, and why.
 * @returns null if it is not shown
 */
export const refusalWords = (notice: Notice, nameOf: NameOf): string | null => {
  const saying = sayingOf(notice.code)
  if (saying === 'silent') return null
  if (typeof saying === 'object' && 'note' in saying) return saying.note(nameIn(notice, nameOf))
  const reason = reasonWords(notice)
  return reason === null ? whatOf(notice, nameOf) : `${whatOf(notice, nameOf)} ${reason}`
}

const nameIn = ({ root, id }: Notice, nameOf: NameOf): string | undefined => {
  const kind = root === undefined ? undefined : kindOf(root)
  return kind === undefined || id === undefined ? undefined : nameOf({ kind, id })
}

const whatOf = (notice: Notice, nameOf: NameOf): string => {
  const name = nameIn(notice, nameOf)
  // For the workspace itself, the reason already names the field.
  const field = notice.id === undefined ? undefined : fieldWord(notice.field ?? '')
  if (field === undefined) return name === undefined ? m.shell_refused() : m.shell_refused_of({ name })
  return name === undefined ? m.shell_refused_field({ field }) : m.shell_refused_field_of({ field, name })
}

/** Lists edits by item: “Clients” (name, cover), the new room “Studio”. */
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
