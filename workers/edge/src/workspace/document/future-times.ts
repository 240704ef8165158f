import { DOCUMENT_ROOTS, holdsTime, parseEntry, type Entry } from '@foyer/doc'
import type * as Y from 'yjs'
import type { Place } from '../update/incoming-update.ts'
import { clampTimes, isTooFarAhead } from '../update/conflict-rules.ts'

/** Entries that are repaired at once. */
const MAX_AT_ONCE = 1_000

/**
 * Knows the times in a stored document that no clock has come to: no honest edit would win against them, and what was
 * deleted then would never expire. None comes in any more; an earlier version, or a hand in the database, may have left some.
 */
export interface FutureTimes {
  /** @param now ms since 1970 */
  isDue(now: number): boolean
  /** Some of the places where they stand, each with what is to stand there. */
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
          // Before now: an edit that comes with it, and has seen what stands here, is later.
          found.push({ place: { root, key }, entry: clampTimes(key, entry, now - 1) })
        }
      }
      latest = 0
      return found
    }
  }
}

/** Without a look at the value as a whole: this is asked of every entry when a document is loaded. */
const latestIn = (key: string, raw: unknown): number => {
  if (!Array.isArray(raw)) return 0
  const [value, editedAt] = raw as unknown[]
  return Math.max(
    typeof editedAt === 'number' ? editedAt : 0,
    typeof value === 'number' && holdsTime(key) ? value : 0
  )
}
