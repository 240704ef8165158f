import { DOCUMENT_ROOTS, holdsTime, parseEntry, type Entry } from '@foyer/doc'
import type * as Y from 'yjs'
import type { Place } from '../update/incoming-update.ts'
import { clampTimes, isTooFarAhead } from '../update/conflict-rules.ts'

/** Entries repaired in one batch. */
const MAX_AT_ONCE = 1_000

/**
 * Finds future times in a stored document: no honest edit could win against them, and a deletion
 * would never expire. New ones are clamped; these come from an earlier version or from a manual
 * change of the database.
 */
export interface FutureTimes {
  /** @param now ms since 1970 */
  isDue(now: number): boolean
  /** Takes some of them, each with its repaired entry. */
  take(now: number): { place: Place; entry: Entry }[]
}

export const createFutureTimes = (doc: Y.Doc): FutureTimes => {
  let latest = 0
  for (const root of DOCUMENT_ROOTS) {
    doc.getMap(root).forEach((raw, key) => {
      latest = Math.max(latest, latestIn(key, raw))
    })
  }

  return {
    isDue: now => isTooFarAhead(latest, now),
    take(now) {
      if (!isTooFarAhead(latest, now)) return []
      const found: { place: Place; entry: Entry }[] = []
      for (const root of DOCUMENT_ROOTS) {
        for (const [key, raw] of doc.getMap(root).entries()) {
          const entry = isTooFarAhead(latestIn(key, raw), now) ? parseEntry(raw) : undefined
          if (entry === undefined) continue
          if (found.length === MAX_AT_ONCE) return found
          // Earlier than now, so that an edit in the same batch wins.
          found.push({ place: { root, key }, entry: clampTimes(key, entry, now - 1) })
        }
      }
      latest = 0
      return found
    }
  }
}

/** Cheap, as it runs on every entry when a document is loaded. */
const latestIn = (key: string, raw: unknown): number => {
  if (!Array.isArray(raw)) return 0
  const [value, editedAt] = raw as unknown[]
  return Math.max(
    typeof editedAt === 'number' ? editedAt : 0,
    typeof value === 'number' && holdsTime(key) ? value : 0
  )
}
