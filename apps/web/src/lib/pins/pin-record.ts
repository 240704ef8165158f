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

/**
 * Takes what the server has: the later word counts, and what it has need not be told to it again.
 * @param sent what it was just told: of that its own word counts, as it takes no time after its now
 */
export const mergePins = (
  record: PinRecord,
  server: readonly Pin[],
  sent: readonly Pin[] = []
): PinRecord => {
  const merged: Record<string, KnownPin> = { ...record }
  const told = new Map(sent.map(({ itemId, at }) => [itemId, at]))
  for (const { itemId, pinned, at } of server) {
    const here = record[itemId]?.at ?? 0
    if (at >= here || told.get(itemId) === here) merged[itemId] = { pinned, at }
  }
  return merged
}

export const unsentPins = (record: PinRecord): Pin[] =>
  Object.entries(record).flatMap(([itemId, { pinned, at, unsent }]) =>
    unsent === true ? [{ itemId, pinned, at }] : []
  )

export const pinnedIds = (record: PinRecord): ReadonlySet<string> =>
  new Set(Object.entries(record).flatMap(([id, { pinned }]) => (pinned ? [id] : [])))
