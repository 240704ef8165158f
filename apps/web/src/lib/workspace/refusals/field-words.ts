import type { FieldName } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

/** What each field is called where a person reads of it. */
const FIELD_WORDS: Record<FieldName, () => string> = {
  name: m.shell_field_name,
  access: m.shell_field_access,
  cover: m.shell_field_cover,
  look: m.shell_field_look,
  lobby: m.shell_field_lobby,
  schedule: m.shell_field_schedule,
  description: m.shell_field_description,
  links: m.shell_field_links,
  deletedAt: m.shell_field_deleted,
  created: m.shell_field_created
}

/** A field in the person's words; undefined for one that this app does not know. */
export const fieldWord = (field: string): string | undefined =>
  Object.hasOwn(FIELD_WORDS, field) ? FIELD_WORDS[field as FieldName]() : undefined
