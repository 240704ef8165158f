import {
  boundEpoch,
  checkEntry,
  GONE,
  holdsTime,
  isDeletion,
  isFieldKey,
  isSameEntry,
  isSameValue,
  ITEM_KINDS,
  parseEntry,
  readField,
  type Entry,
  type Links,
  type Refusal
} from '@foyer/doc'

/** A clock this far ahead of the server's is wrong, not early. */
const CLOCK_TOLERANCE_MS = 2 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** A key's entry before an update, and what the update writes to it. */
export interface KeyChange {
  root: string
  key: string
  before: Entry | undefined
  /** All values that the update writes, in order, also those that lost in Yjs. */
  written: unknown[]
  /** The winner in Yjs. */
  visible: unknown
}

export interface Resolution {
  /** The entry that wins; undefined for none. */
  entry: Entry | undefined
  /** Why a written value was rejected. */
  refusal: Refusal | null
  /** A valid value that lost to a later edit. */
  superseded: Entry | undefined
}

/**
 * Picks the entry of a key: of the valid ones the one edited last (docs/design.md#document). On a
 * tie the winner in Yjs stands, which is the edit that had seen the other, or an arbitrary but
 * stable one.
 * @param now ms since 1970
 */
export const resolveConflict = (
  { root, key, before, written, visible }: KeyChange,
  now: number
): Resolution => {
  let refusal: Refusal | null = null
  const candidates = before === undefined ? [] : [{ entry: before, isVisible: isSameEntry(before, visible) }]
  for (const value of written) {
    const read = parseEntry(value)
    const problem = checkEntry(root, key, before, value)
    // Only the last write counts: earlier ones were overwritten by the update itself.
    refusal = problem
    if (problem !== null || read === undefined) continue
    candidates.push({ entry: clampEntry(key, read, before, now), isVisible: isSameEntry(value, visible) })
  }
  const latest = candidates.reduce((time, { entry }) => Math.max(time, entry[1]), 0)
  const last = candidates.filter(({ entry }) => entry[1] === latest)
  const stands = (last.find(({ isVisible }) => isVisible) ?? last.at(-1))?.entry
  const loser = candidates.findLast(({ entry }) => entry !== before && !isSameValue(entry[0], stands?.[0]))
  return { entry: stands, refusal, superseded: loser?.entry }
}

/** Clamps the times and the epoch of a valid entry. */
const clampEntry = (key: string, entry: Entry, before: Entry | undefined, now: number): Entry => {
  const [value, editedAt] = clampTimes(key, entry, now)
  if (isFieldKey(key, 'links')) {
    const links = value as Links
    return [{ ...links, epoch: boundEpoch(links.epoch, epochOf(before), now) }, editedAt]
  }
  // The 30 days in "Recently deleted" start when the server hears of an old offline deletion.
  const isEarly = typeof value === 'number' && value !== GONE && value < now - DAY_MS
  return [isDeletion(key) && isEarly ? now : value, editedAt]
}

/** The epoch of valid links, else 0. Links have one form in all kinds of items. */
const epochOf = (before: Entry | undefined): number => readField(ITEM_KINDS[0], 'links', before)?.epoch ?? 0

/** Replaces future times by now. */
export const clampTimes = (key: string, [value, editedAt]: Entry, now: number): Entry => [
  holdsTime(key) && typeof value === 'number' && isTooFarAhead(value, now) ? now : value,
  isTooFarAhead(editedAt, now) ? now : editedAt
]

export const isTooFarAhead = (at: number, now: number): boolean => at > now + CLOCK_TOLERANCE_MS
