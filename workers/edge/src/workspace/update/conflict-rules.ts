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

/** What stands under one key, and what an update puts there. */
export interface KeyChange {
  root: string
  key: string
  before: Entry | undefined
  /** All values that the update writes there, one after the other, those that Yjs lets lose too. */
  written: unknown[]
  /** What Yjs shows now. */
  visible: unknown
}

export interface Resolution {
  /** What has to stand there; undefined for nothing. */
  entry: Entry | undefined
  /** Why a written value was put back. */
  refusal: Refusal | null
  /** A valid value that a later edit stands against. */
  superseded: Entry | undefined
}

/**
 * Which value of a key is to stand (docs/design.md#document): of those that are allowed the one edited last,
 * whatever Yjs made of it. Of several edits of one millisecond the one stands that Yjs chose: the one that
 * had seen the others, or else the same one in whichever order they come. @param now ms since 1970
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
    // Of what the update itself writes over nobody has to hear.
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

/** An allowed entry as the server lets it stand. */
const clampEntry = (key: string, entry: Entry, before: Entry | undefined, now: number): Entry => {
  const [value, editedAt] = clampTimes(key, entry, now)
  if (isFieldKey(key, 'links')) {
    const links = value as Links
    return [{ ...links, epoch: boundEpoch(links.epoch, epochOf(before), now) }, editedAt]
  }
  // The 30 days in "Recently deleted" begin when the team can see it there, not on a plane a month ago.
  const isEarly = typeof value === 'number' && value !== GONE && value < now - DAY_MS
  return [isDeletion(key) && isEarly ? now : value, editedAt]
}

/** Links are the same in every kind of item; 0 where there are none that bind. */
const epochOf = (before: Entry | undefined): number => readField(ITEM_KINDS[0], 'links', before)?.epoch ?? 0

/** An entry without the times that the server's clock has not come to: those count as now. */
export const clampTimes = (key: string, [value, editedAt]: Entry, now: number): Entry => [
  holdsTime(key) && typeof value === 'number' && isTooFarAhead(value, now) ? now : value,
  isTooFarAhead(editedAt, now) ? now : editedAt
]

export const isTooFarAhead = (at: number, now: number): boolean => at > now + CLOCK_TOLERANCE_MS
