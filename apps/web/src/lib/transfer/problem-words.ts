import type { FieldName } from '@foyer/doc'
import { ID_CHARACTERS, LIMITS } from '@foyer/doc/policy'
import { formatCount } from '#lib/intl/format-count.ts'
import { counted } from '#lib/intl/format-number.ts'
import { locale } from '#lib/intl/locale.ts'
import { m } from '#lib/paraglide/messages.js'
import { FIELD_WORDS } from '#lib/workspace/refusals/field-words.ts'
import type { Problem } from './broken-file.ts'

/** Formatted as in the file: no thousands separator. */
const ungrouped = (count: number) => new Intl.NumberFormat(locale(), { useGrouping: false }).format(count)

/** What is expected of values that are no fields. */
const EXPECTED = {
  colour: m.transfer_expected_colour,
  edited: m.transfer_expected_edited,
  epoch: m.transfer_expected_epoch,
  format: m.transfer_expected_format,
  id: () =>
    m.transfer_expected_id({ least: formatCount(ID_CHARACTERS.least), ...counted(ID_CHARACTERS.most) }),
  item: m.transfer_expected_item,
  layout: m.transfer_expected_layout,
  list: m.transfer_expected_list,
  message: () => m.transfer_expected_message(counted(LIMITS.messageCharacters)),
  minutes: () => m.transfer_expected_minutes({ number: ungrouped(LIMITS.scheduleMinutes) }),
  object: m.transfer_expected_object,
  picture: m.transfer_expected_picture,
  slug: m.transfer_expected_slug,
  startsAt: m.transfer_expected_starts_at,
  time: m.transfer_expected_time,
  timeZone: m.transfer_expected_time_zone,
  version: m.transfer_expected_version,
  'workspace-id': m.transfer_expected_workspace_id
}

/** Problems without an expected value. */
const WRONG = {
  damaged: m.transfer_fault_damaged,
  newer: m.transfer_fault_newer,
  'no-workspace': m.transfer_fault_no_workspace,
  'not-a-zip': m.transfer_fault_not_a_zip,
  nothing: m.transfer_fault_nothing,
  'other-picture': m.transfer_fault_other_picture,
  'picture-missing': m.transfer_fault_picture_missing,
  syntax: m.transfer_fault_syntax,
  'too-large': m.transfer_fault_too_large,
  'too-many-items': m.transfer_fault_too_many_items,
  'too-many-pictures': m.transfer_fault_too_many_pictures,
  twice: m.transfer_fault_twice
}

const expectedWords = (fault: Problem['fault']): string | null => {
  if (Object.hasOwn(FIELD_WORDS, fault)) return FIELD_WORDS[fault as FieldName].expected()
  return Object.hasOwn(EXPECTED, fault) ? EXPECTED[fault as keyof typeof EXPECTED]() : null
}

/** Describes a problem and what was expected. */
export const problemWords = ({ fault, found, place }: Problem): string => {
  const expected = expectedWords(fault)
  if (expected !== null) {
    return found === undefined
      ? m.transfer_expected_missing({ expected })
      : m.transfer_expected_found({ expected, found })
  }
  const words = WRONG[fault as keyof typeof WRONG]({ found: found ?? '' })
  if (place === undefined) return words
  return `${m.transfer_place({ line: String(place.line), column: String(place.column) })}: ${words}`
}
