import type { RefusalCode } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

/** The server's refusals of other things than values: frames, links, awareness. */
type ServerCode =
  | 'awareness-too-large'
  | 'foreign-awareness'
  | 'forged'
  | 'malformed'
  | 'other-generation'
  | 'over-quota'
  | 'read-only'
  | 'slug-taken'
  | 'too-fast'
  | 'too-large'
  | 'too-many-awareness-clients'
  | 'too-many-clients'

/** Why a device's copy was downloaded again. */
export type RenewalReason = 'restored' | 'read-only' | 'full' | 'repair'

type Code = RefusalCode | ServerCode | `renewed-${RenewalReason}`

/** How a code is put into words. */
type Saying =
  /** The reason: shown at a form's field, or after a note on the undone change. */
  | { reason: () => string }
  /** A reason with a limit. */
  | { limit: (params: { most: number }) => string }
  /** The whole note, with the item's name if known. */
  | { note: (name: string | undefined) => string }
  /** No reason: the note only says that the change was undone. */
  | 'as-before'
  /** Not shown: the sync status or the repair reports it, or nothing was changed. */
  | 'silent'

/** The only table from refusal codes to texts. */
const TABLE: Record<Code, Saying> = {
  'name-not-a-text': { reason: () => m.items_refused_text() },
  'name-too-long': { limit: m.items_refused_name_too_long },
  'name-broken': { reason: () => m.items_refused_broken() },
  'name-empty': { reason: () => m.items_refused_name_empty() },
  'name-padded': { reason: () => m.items_refused_name_padded() },
  'name-control-character': { reason: () => m.items_refused_name_control() },
  'description-not-a-text': { reason: () => m.items_refused_text() },
  'description-too-long': { limit: m.items_refused_description_too_long },
  'description-broken': { reason: () => m.items_refused_broken() },
  'message-not-a-text': { reason: () => m.items_refused_text() },
  'message-too-long': { limit: m.items_refused_message_too_long },
  'message-broken': { reason: () => m.items_refused_broken() },
  'start-missing': { reason: () => m.items_refused_start_missing() },
  'gap-in-time': { reason: () => m.items_refused_gap() },
  'time-zone-unknown': { reason: () => m.items_refused_time_zone() },
  'length-not-a-number': { reason: () => m.items_refused_length_number() },
  'length-not-whole': { reason: () => m.items_refused_length_whole() },
  'length-too-short': { reason: () => m.items_refused_length_short() },
  'length-too-long': { limit: ({ most }) => m.items_refused_length_long({ hours: most / 60 }) },
  'item-missing': { reason: () => m.items_refused_missing() },

  'not-allowed': 'as-before',
  'unknown-key': 'as-before',
  'bad-entry': 'as-before',
  'created-twice': 'as-before',
  'removed-entry': 'as-before',
  'links-kept-epoch': 'as-before',
  'version-unknown': { note: () => m.shell_refused_version() },
  'version-fell': { note: () => m.shell_refused_version() },

  'slug-taken': {
    note: name => (name === undefined ? m.shell_refused_slug() : m.shell_refused_slug_of({ name }))
  },
  'too-fast': { note: () => m.shell_refused_too_fast() },
  'renewed-restored': { note: () => m.shell_renewed_restored() },
  'renewed-read-only': { note: () => m.shell_renewed_read_only() },
  'renewed-full': { note: () => m.shell_renewed_full() },
  'renewed-repair': { note: () => m.shell_renewed_repair() },

  'unknown-root': 'silent',
  'awareness-too-large': 'silent',
  'foreign-awareness': 'silent',
  'too-many-awareness-clients': 'silent',
  forged: 'silent',
  malformed: 'silent',
  'other-generation': 'silent',
  'over-quota': 'silent',
  'read-only': 'silent',
  'too-large': 'silent',
  'too-many-clients': 'silent'
}

/** An unknown code, of a later server, only says that the change was undone. */
export const sayingOf = (code: string): Saying =>
  Object.hasOwn(TABLE, code) ? TABLE[code as Code] : 'as-before'
