import { checkEntry, parseEntry, splitKey, type Entry, type Refusal } from '@foyer/doc'

/** A clock this far ahead of the server's is wrong, not early. */
const CLOCK_TOLERANCE_MS = 2 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** What stands under one key, and what an update would put there. */
export interface KeyChange {
  root: string
  key: string
  before: Entry | undefined
  /** All values that the update writes there, those that Yjs lets lose too. */
  written: unknown[]
}

export interface Decision {
  /** What has to stand there; undefined for nothing. */
  entry: Entry | undefined
  /** Why a written value was put back. */
  refusal: Refusal | null
  /** A valid value that a later edit stands against. */
  superseded: Entry | undefined
}

/**
 * Which value of a key is to stand (DESIGN §3, §6.3): of those that are allowed the one edited last,
 * whatever Yjs made of it. @param now ms since 1970
 */
export const decide = ({ root, key, before, written }: KeyChange, now: number): Decision => {
  let entry = before
  let claimedAt = before?.[1] ?? 0
  let refusal: Refusal | null = null
  let superseded: Entry | undefined
  for (const value of written) {
    const problem = checkEntry(root, key, before, value)
    const read = parseEntry(value)
    if (problem !== null || read === undefined) {
      refusal = problem
      continue
    }
    const candidate = withinClock(key, read, now)
    const claim = { entry: candidate, claimedAt: read[1] }
    if (entry === undefined || isLater(claim, { entry, claimedAt })) ({ entry, claimedAt } = claim)
    else if (JSON.stringify(candidate[0]) !== JSON.stringify(entry[0])) superseded = candidate
  }
  return { entry, refusal, superseded }
}

const withinClock = (key: string, [value, editedAt]: Entry, now: number): Entry => {
  const isEarly = editedAt > now + CLOCK_TOLERANCE_MS
  // The 30 days in "Recently deleted" begin when the team can see it there, not on a plane a month ago.
  const isStale = key.endsWith('/deletedAt') && typeof value === 'number' && Math.abs(now - value) > DAY_MS
  return [isStale ? now : value, isEarly ? now : editedAt]
}

/** An entry, and when it was edited by the clock of its device. */
interface Claim {
  entry: Entry
  claimedAt: number
}

/**
 * Edits that a wrong clock put into the future all count as made now: among them its own order holds. Two edits
 * of one millisecond are told apart by their values, so that every order gives one answer.
 */
const isLater = (a: Claim, b: Claim): boolean => {
  if (a.entry[1] !== b.entry[1]) return a.entry[1] > b.entry[1]
  if (a.claimedAt !== b.claimedAt) return a.claimedAt > b.claimedAt
  return JSON.stringify(a.entry[0]) > JSON.stringify(b.entry[0])
}

/** The item that a key belongs to; undefined for keys of the workspace itself. */
export const itemOf = (root: string, key: string): string | undefined =>
  root === 'workspace' ? undefined : splitKey(key)?.id
