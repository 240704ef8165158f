import type { InvalidValueError, RefusalCode, RefusalParams } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'

const WORDS: Record<RefusalCode, (params: Required<RefusalParams>) => string> = {
  'name-not-a-text': m.items_refused_text,
  'name-too-long': m.items_refused_name_too_long,
  'name-broken': m.items_refused_broken,
  'name-empty': m.items_refused_name_empty,
  'name-padded': m.items_refused_name_padded,
  'name-control-character': m.items_refused_name_control,
  'description-not-a-text': m.items_refused_text,
  'description-too-long': m.items_refused_description_too_long,
  'description-broken': m.items_refused_broken,
  'message-not-a-text': m.items_refused_text,
  'message-too-long': m.items_refused_message_too_long,
  'message-broken': m.items_refused_broken,
  'start-missing': m.items_refused_start_missing,
  'gap-in-time': m.items_refused_gap,
  'time-zone-unknown': m.items_refused_time_zone,
  'length-not-a-number': m.items_refused_length_number,
  'length-not-whole': m.items_refused_length_whole,
  'length-too-short': m.items_refused_length_short,
  'length-too-long': ({ most }) => m.items_refused_length_long({ hours: most / 60 }),
  'item-missing': m.items_refused_missing,
  'not-allowed': m.items_refused
}

/** Why a value was refused, in the person's language. */
export const refusalText = ({ code, params }: Pick<InvalidValueError, 'code' | 'params'>): string =>
  WORDS[code]({ most: 0, ...params })
