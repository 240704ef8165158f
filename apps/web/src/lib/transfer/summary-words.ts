import type { FieldName } from '@foyer/doc'
import { formatList } from '#lib/language/format-list.ts'
import { counted } from '#lib/language/format-number.ts'
import { m } from '#lib/paraglide/messages.js'
import type { ChangedItem, ImportSummary } from './import-workspace.ts'

/** "12 new rooms", "3 rooms change", "40 are the same", "2 pictures": what there is any of. */
export const summaryWords = ({ created, changed, same, pictures, gone }: ImportSummary): string[] =>
  (
    [
      [created.room, m.transfer_new_rooms],
      [created.webinar, m.transfer_new_webinars],
      [changed.room, m.transfer_changed_rooms],
      [changed.webinar, m.transfer_changed_webinars],
      [same, m.transfer_same],
      [pictures, m.transfer_pictures],
      [gone.length, m.transfer_gone]
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, words]) => words(counted(count)))

const FIELD_WORDS: Record<FieldName, () => string> = {
  created: m.transfer_field_created,
  links: m.transfer_field_links,
  name: m.transfer_field_name,
  access: m.transfer_field_access,
  cover: m.transfer_field_cover,
  look: m.transfer_field_look,
  lobby: m.transfer_field_lobby,
  deletedAt: m.transfer_field_deleted_at,
  schedule: m.transfer_field_schedule,
  description: m.transfer_field_description
}

/** What else there is to say of an item: its start is not written as the file has it. */
export const noteWords = ({ mended }: ChangedItem): string | null => {
  if (mended === undefined) return null
  const { found, written } = mended
  return found.timeZone === written.timeZone
    ? m.transfer_start_skipped()
    : m.transfer_zone_unknown({ zone: found.timeZone })
}

/** What an import does to an item: "New", or "Name, Who can join". */
export const changeWords = ({ fate, fields, used }: ChangedItem): string => {
  if (fate === 'new') return m.transfer_is_new()
  if (fate === 'gone') return m.transfer_is_gone()
  const words = fields.map(field => FIELD_WORDS[field]())
  if (used) words.push(m.transfer_field_used())
  return formatList(words)
}
