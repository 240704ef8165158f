/** Times of last use by item id, ms since 1970. */
export type UsageTimes = Record<string, number>

/** The stored part of the usage lane. */
export interface UsageRecord {
  /** The server's times. */
  known: UsageTimes
  /** Times that the server has not confirmed. */
  pending: UsageTimes
  /** When items with a future creation time were first seen here. */
  seen?: UsageTimes
}

export interface UsageStore {
  load(): Promise<UsageRecord>
  save(record: UsageRecord): Promise<void>
}

/**
 * A max-register per item, outside the document: joins do not grow the document, and "last used"
 * never falls, whatever the order of arrival.
 */
export interface UsageLane {
  /** The last known use; never later than now. */
  lastUsedAt(itemId: string): number | undefined
  /**
   * A sort key by last use, also right when this device's clock was wrong. Not for display.
   */
  orderOf(itemId: string): number | undefined
  /** The creation time; for a future one, when the item was first seen here. */
  madeAt(itemId: string, createdAt: number): number
  /** Records a use now. */
  use(itemId: string): void
  /** Lowers future times, which this device recorded while its clock was ahead. */
  settleFuture(): void
  /** People in the item now; 0 without a connection. */
  liveCount(itemId: string): number
  /** Adds times of another tab. They are pending until the server confirms them. */
  takePending(times: UsageTimes): void
  /** Applies the server's entries. Times up to them are no longer pending. */
  takeServer(entries: Iterable<{ itemId: string; lastUsedAt: number; live: number }>): void
  /** Clears the live counts when the connection ends. */
  forgetLive(): void
  /** Unconfirmed times. */
  pending(): UsageTimes
  /** Confirms these times, also if the server capped or refused them. */
  settle(times: UsageTimes): void
  /** Called after each change. @returns unsubscribes */
  subscribe(listener: () => void): () => void
  /** Settles when the store has been read, also after a failure. */
  whenLoaded: Promise<void>
}

/** The app did not exist earlier: such a clock is wrong (1970 or 2001, after a flat battery). */
const EARLIEST = Date.UTC(2026, 0)
/** With a slow clock each use is recorded 1 ms after the latest known one, up to this many. */
const FOLLOWING_MS = 60_000

/** @param now ms since 1970 */
export const createUsageLane = (store: UsageStore, now: () => number = Date.now): UsageLane => {
  const known = new Map<string, number>()
  const pending = new Map<string, number>()
  const seen = new Map<string, number>()
  const live = new Map<string, number>()
  const listeners = new Set<() => void>()
  let latestKnown = 0
  let saving: Promise<void> | null = null
  let dirty = false

  const save = async () => {
    await whenLoaded // do not overwrite the store before it is read
    while (dirty) {
      dirty = false
      // The store reports its own failures; the lane continues in memory.
      await store
        .save({
          known: Object.fromEntries(known),
          pending: Object.fromEntries(pending),
          ...(seen.size > 0 && { seen: Object.fromEntries(seen) })
        })
        .catch(() => undefined)
    }
    saving = null
  }
  const saveSoon = () => {
    dirty = true
    saving ??= save()
  }
  const changed = () => {
    saveSoon()
    for (const listener of listeners) listener()
  }
  const orderOf = (itemId: string): number | undefined => {
    const at = Math.max(known.get(itemId) ?? -1, pending.get(itemId) ?? -1)
    return at < 0 ? undefined : at
  }
  const raise = (map: Map<string, number>, itemId: string, at: number): boolean => {
    if ((map.get(itemId) ?? -1) >= at) return false
    map.set(itemId, at)
    if (map === known) latestKnown = Math.max(latestKnown, at)
    return true
  }
  const lastUsedAt = (itemId: string): number | undefined => {
    const at = orderOf(itemId)
    return at === undefined ? undefined : Math.min(at, now())
  }
  /** Later times are wrong. The server's are right, and uses here may follow them (see `use`). */
  const latestBelieved = (): number => {
    if (now() < EARLIEST) return Infinity // this clock is useless
    return Math.max(now(), latestKnown + FOLLOWING_MS)
  }
  /** Keeps their order. */
  const lowerFuture = (latest: number): boolean => {
    const future = [...pending].filter(([, at]) => at > latest).sort(([, a], [, b]) => b - a)
    future.forEach(([itemId], after) => {
      if (latest - after > (known.get(itemId) ?? -1)) pending.set(itemId, latest - after)
      else pending.delete(itemId)
    })
    return future.length > 0
  }
  const addPending = (times: UsageTimes): boolean => {
    let any = false
    for (const [itemId, at] of Object.entries(times)) {
      if ((known.get(itemId) ?? -1) < at) any = raise(pending, itemId, at) || any
    }
    return any
  }
  const drop = (itemId: string, upTo: number): boolean =>
    (pending.get(itemId) ?? Infinity) <= upTo && pending.delete(itemId)

  const whenLoaded = store.load().then(
    record => {
      for (const [itemId, at] of Object.entries(record.known)) raise(known, itemId, at)
      for (const [itemId, at] of Object.entries(record.seen ?? {})) seen.set(itemId, at)
      addPending(record.pending)
      if (lowerFuture(latestBelieved())) saveSoon()
      for (const listener of listeners) listener()
    },
    () => undefined
  )

  return {
    lastUsedAt,
    orderOf,
    madeAt(itemId, createdAt) {
      const at = seen.get(itemId)
      if (at !== undefined) return at
      if (createdAt <= latestBelieved()) return createdAt
      seen.set(itemId, now())
      saveSoon()
      return now()
    },
    use(itemId) {
      lowerFuture(latestBelieved() - 1)
      let latest = Math.max(EARLIEST, latestKnown)
      for (const at of pending.values()) latest = Math.max(latest, at)
      pending.set(itemId, Math.max(now(), latest + 1)) // also with a slow clock
      changed()
    },
    settleFuture() {
      if (lowerFuture(latestBelieved())) changed()
    },
    liveCount: itemId => live.get(itemId) ?? 0,
    takePending(times) {
      const isNew = addPending(times)
      if (lowerFuture(latestBelieved()) || isNew) changed()
    },
    takeServer(entries) {
      let any = false
      for (const { itemId, lastUsedAt: at, live: people } of entries) {
        // 0: the server knows of no use.
        any = (at > 0 && raise(known, itemId, at)) || any
        if ((live.get(itemId) ?? 0) !== people) any = true
        live.set(itemId, people)
        any = drop(itemId, at) || any
      }
      if (any) changed()
    },
    forgetLive() {
      if (live.size === 0) return
      live.clear()
      for (const listener of listeners) listener()
    },
    pending: () => Object.fromEntries(pending),
    settle(times) {
      let any = false
      for (const [itemId, at] of Object.entries(times)) any = drop(itemId, at) || any
      if (any) changed()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    whenLoaded
  }
}
