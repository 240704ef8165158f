import type { FieldName } from '@foyer/doc'
import { formatList } from '#lib/intl/format-list.ts'
import { counted } from '#lib/intl/format-number.ts'
import { m } from '#lib/paraglide/messages.js'
import { FIELD_WORDS } from '#lib/workspace/refusals/field-words.ts'
import type { ChangedItem, ImportSummary } from './import-workspace.ts'

/** "12 new rooms", "3 rooms change", "40 are the same", "2 pictures": the counts above zero. */
export const summaryWords = ({
  created,
  changed,
  same,
  kept,
  deleted,
  pictures,
  gone
}: ImportSummary): string[] =>
  (
    [
      [created.room, m.transfer_new_rooms],
      [created.webinar, m.transfer_new_webinars],
      [changed.room, m.transfer_changed_rooms],
      [changed.webinar, m.transfer_changed_webinars],
      [same, m.transfer_same],
      [kept.filter(item => item.kept.length > 0).length, m.transfer_kept],
      [deleted, m.transfer_deleted],
      [pictures, m.transfer_pictures],
      [gone.length, m.transfer_gone]
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, words]) => words(counted(count)))

/** A note on an item: its name differs in the file, or its start was adjusted. */
export const noteWords = ({ mended, nameInFile }: ChangedItem): string | null => {
  if (mended === undefined)
    return nameInFile === undefined ? null : m.transfer_name_in_file({ name: nameInFile })
  const { found, written } = mended
  return found.timeZone === written.timeZone
    ? m.transfer_start_skipped()
    : m.transfer_zone_unknown({ zone: found.timeZone })
}

/** What an import does to an item: "New", "Name, Who can join", "Newer here: Name". */
export const changeWords = ({ fate, fields, kept, isDeleted, used }: ChangedItem): string => {
  if (fate === 'gone') return m.transfer_is_gone()
  const words = fate === 'new' ? [m.transfer_is_new()] : wordsOf(fields)
  if (fate !== 'new' && used) words.push(m.transfer_field_used())
  const parts = [
    formatList(words),
    kept.length > 0 ? m.transfer_newer_here({ fields: formatList(wordsOf(kept)) }) : '',
    isDeleted ? m.transfer_is_deleted() : ''
  ]
  return parts.filter(Boolean).join(' · ')
}

const wordsOf = (fields: FieldName[]): string[] => fields.map(field => FIELD_WORDS[field].inList())
