import type * as Y from 'yjs'
import { fieldKey, itemRoot } from './keys.ts'
import { parseEntry } from './entry.ts'
import type { FieldName } from './fields.ts'

/** What a calendar entry shows of a webinar. */
const SHOWN: FieldName[] = ['name', 'description', 'schedule', 'links', 'deletedAt']
const STEP_MS = 250
/** The largest INTEGER of RFC 5545. */
const MOST = 2 ** 31 - 1

/** Which state of a webinar a calendar entry shows; the same on every device that has this state. */
export interface WebinarRevision {
  /** Rises with each change of what is shown, and with nothing else. */
  sequence: number
  /** The last such change, ms since 1970. */
  changedAt: number
}

/**
 * Edits are not counted in the document, but the time of each field's last edit only rises: so does their sum, also where
 * one field was edited by a device whose clock is ahead. Steps of a quarter of a second fit for years.
 */
export const webinarRevision = (doc: Y.Doc, id: string): WebinarRevision => {
  const root = itemRoot(doc, 'webinar')
  const editedAt = (field: FieldName) => parseEntry(root.get(fieldKey(id, field)))?.[1]
  const createdAt = editedAt('created') ?? 0
  const times = SHOWN.map(editedAt).filter(at => at !== undefined)
  const steps = times.reduce((sum, at) => sum + Math.max(0, Math.ceil((at - createdAt) / STEP_MS)), 0)
  return { sequence: Math.min(MOST, steps), changedAt: Math.max(createdAt, ...times) }
}
