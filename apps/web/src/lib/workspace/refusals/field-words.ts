import type { FieldName } from '@foyer/doc'
import { LIMITS } from '@foyer/doc/policy'
import { counted } from '#lib/intl/format-number.ts'
import { m } from '#lib/paraglide/messages.js'

interface FieldWords {
  /** Within a sentence: “Clients” (name). */
  inSentence: () => string
  /** In a list: "Name, Who can join". */
  inList: () => string
  /** What an import expects. */
  expected: () => string
}

/** All texts about each field. */
export const FIELD_WORDS: Record<FieldName, FieldWords> = {
  name: {
    inSentence: m.shell_field_name,
    inList: m.transfer_field_name,
    expected: () => m.transfer_expected_name(counted(LIMITS.nameCharacters))
  },
  access: {
    inSentence: m.shell_field_access,
    inList: m.transfer_field_access,
    expected: m.transfer_expected_access
  },
  cover: {
    inSentence: m.shell_field_cover,
    inList: m.transfer_field_cover,
    expected: m.transfer_expected_cover
  },
  look: {
    inSentence: m.shell_field_look,
    inList: m.transfer_field_look,
    expected: m.transfer_expected_look
  },
  lobby: {
    inSentence: m.shell_field_lobby,
    inList: m.transfer_field_lobby,
    expected: m.transfer_expected_lobby
  },
  schedule: {
    inSentence: m.shell_field_schedule,
    inList: m.transfer_field_schedule,
    expected: m.transfer_expected_schedule
  },
  description: {
    inSentence: m.shell_field_description,
    inList: m.transfer_field_description,
    expected: () => m.transfer_expected_description(counted(LIMITS.descriptionCharacters))
  },
  links: {
    inSentence: m.shell_field_links,
    inList: m.transfer_field_links,
    expected: m.transfer_expected_links
  },
  deletedAt: {
    inSentence: m.shell_field_deleted,
    inList: m.transfer_field_deleted_at,
    expected: m.transfer_expected_deleted_at
  },
  created: {
    inSentence: m.shell_field_created,
    inList: m.transfer_field_created,
    expected: m.transfer_expected_time
  }
}

/** A field's name within a sentence; undefined if unknown to this version. */
export const fieldWord = (field: string): string | undefined =>
  Object.hasOwn(FIELD_WORDS, field) ? FIELD_WORDS[field as FieldName].inSentence() : undefined
