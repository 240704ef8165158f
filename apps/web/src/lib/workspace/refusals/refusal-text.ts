import type { Notice } from '@foyer/sync'
import { m } from '#lib/paraglide/messages.js'
import { sayingOf } from './refusal-table.ts'

type Why = Pick<Notice, 'code' | 'params'>

/** The reason of a refusal as text; null if there is none to show. */
export const reasonWords = ({ code, params }: Why): string | null => {
  const saying = sayingOf(code)
  if (typeof saying === 'string') return null
  if ('reason' in saying) return saying.reason()
  const most = params?.most
  return 'limit' in saying && most !== undefined ? saying.limit({ most }) : null
}

/** The same for a form, with a general text if there is no reason. */
export const refusalText = (why: Why): string => reasonWords(why) ?? m.items_refused()
