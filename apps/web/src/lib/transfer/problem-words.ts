import { ID_CHARACTERS, LIMITS } from '@foyer/doc/policy'
import { formatCount } from '#lib/intl/format-count.ts'
import { counted } from '#lib/intl/format-number.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Problem } from './broken-file.ts'

/** What belongs there instead. */
const EXPECTED = {
  access: m.transfer_expected_access,
  colour: m.transfer_expected_colour,
  cover: m.transfer_expected_cover,
  deletedAt: m.transfer_expected_deleted_at,
  description: () => m.transfer_expected_description(counted(LIMITS.descriptionCharacters)),
  edited: m.transfer_expected_edited,
  epoch: m.transfer_expected_epoch,
  format: m.transfer_expected_format,
  id: () =>
    m.transfer_expected_id({ least: formatCount(ID_CHARACTERS.least), ...counted(ID_CHARACTERS.most) }),
  item: m.transfer_expected_item,
  layout: m.transfer_expected_layout,
  links: m.transfer_expected_links,
  list: m.transfer_expected_list,
  lobby: m.transfer_expected_lobby,
  look: m.transfer_expected_look,
  message: () => m.transfer_expected_message(counted(LIMITS.messageCharacters)),
  minutes: () => m.transfer_expected_minutes(counted(LIMITS.scheduleMinutes)),
  name: () => m.transfer_expected_name(counted(LIMITS.nameCharacters)),
  object: m.transfer_expected_object,
  picture: m.transfer_expected_picture,
  schedule: m.transfer_expected_schedule,
  slug: m.transfer_expected_slug,
  startsAt: m.transfer_expected_starts_at,
  time: m.transfer_expected_time,
  timeZone: m.transfer_expected_time_zone,
  version: m.transfer_expected_version,
  'workspace-id': m.transfer_expected_workspace_id
}

/** What is wrong as such. */
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

/** What is wrong there, and what was expected. */
export const problemWords = ({ fault, found, place }: Problem): string => {
  if (fault in EXPECTED) {
    const expected = EXPECTED[fault as keyof typeof EXPECTED]()
    return found === undefined
      ? m.transfer_expected_missing({ expected })
      : m.transfer_expected_found({ expected, found })
  }
  const words = WRONG[fault as keyof typeof WRONG]({ found: found ?? '' })
  if (place === undefined) return words
  return `${m.transfer_place({ line: String(place.line), column: String(place.column) })}: ${words}`
}
