import type * as Y from 'yjs'
import { fieldKey, itemRoot } from './keys.ts'
import { parseEntry } from './entry.ts'
import type { FieldName } from './fields.ts'

/** The fields of a webinar that a calendar entry shows. */
const SHOWN: FieldName[] = ['name', 'description', 'schedule', 'links', 'deletedAt']
const STEP_MS = 250
/** The largest INTEGER of RFC 5545. */
const MOST = 2 ** 31 - 1

/** The revision of a webinar in a calendar entry; the same on every device with the same state. */
export interface WebinarRevision {
  /** Rises only with changes to the shown fields. */
  sequence: number
  /** Time of the last such change, ms since 1970. */
  changedAt: number
}

/**
 * The document does not count edits, but each field's edit time only rises, and so does their sum,
 * even after an edit by a device whose clock is ahead. In steps of 250 ms the sum fits for years.
 */
export const webinarRevision = (doc: Y.Doc, id: string): WebinarRevision => {
  const root = itemRoot(doc, 'webinar')
  const editedAt = (field: FieldName) => parseEntry(root.get(fieldKey(id, field)))?.[1]
  const createdAt = editedAt('created') ?? 0
  const times = SHOWN.map(editedAt).filter(at => at !== undefined)
  const steps = times.reduce((sum, at) => sum + Math.max(0, Math.ceil((at - createdAt) / STEP_MS)), 0)
  return { sequence: Math.min(MOST, steps), changedAt: Math.max(createdAt, ...times) }
}
