import type { Pin } from '#lib/api/pins.ts'

/** The state of one item's pin on this device. */
export interface KnownPin {
  pinned: boolean
  /** ms since 1970 */
  at: number
  /** Not sent to the server yet. */
  unsent?: true
}

/** By item id. */
export type PinRecord = Readonly<Record<string, KnownPin>>

/** Pins or unpins an item, with a time later than its last change. */
export const togglePin = (record: PinRecord, itemId: string, now: number): PinRecord => {
  const before = record[itemId]
  const at = Math.max(now, (before?.at ?? 0) + 1)
  return { ...record, [itemId]: { pinned: before?.pinned !== true, at, unsent: true } }
}

/**
 * Merges the server's pins: the later change wins, and pins the server has count as sent.
 * @param sent pins just sent: the server's time counts, as it lowers times in the future
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
