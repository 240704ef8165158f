import type { Pin } from '#lib/api/pins.ts'

/** What this device knows of one item's pin. */
export interface KnownPin {
  pinned: boolean
  /** ms since 1970 */
  at: number
  /** The server has yet to be told. */
  unsent?: true
}

/** By item id. */
export type PinRecord = Readonly<Record<string, KnownPin>>

/** Pins or unpins an item, later than anything that was said of it before. */
export const togglePin = (record: PinRecord, itemId: string, now: number): PinRecord => {
  const before = record[itemId]
  const at = Math.max(now, (before?.at ?? 0) + 1)
  return { ...record, [itemId]: { pinned: before?.pinned !== true, at, unsent: true } }
}

/** Takes what the server has: the later word counts, and what it has need not be told to it again. */
export const mergePins = (record: PinRecord, server: readonly Pin[]): PinRecord => {
  const merged: Record<string, KnownPin> = { ...record }
  for (const { itemId, pinned, at } of server) {
    if (at >= (record[itemId]?.at ?? 0)) merged[itemId] = { pinned, at }
  }
  return merged
}

export const unsentPins = (record: PinRecord): Pin[] =>
  Object.entries(record).flatMap(([itemId, { pinned, at, unsent }]) =>
    unsent === true ? [{ itemId, pinned, at }] : []
  )

export const pinnedIds = (record: PinRecord): ReadonlySet<string> =>
  new Set(Object.entries(record).flatMap(([id, { pinned }]) => (pinned ? [id] : [])))
