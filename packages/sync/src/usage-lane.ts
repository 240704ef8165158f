/** Times of last use by item id, ms since 1970. */
export type UsageTimes = Record<string, number>

/** What a device keeps of the usage lane over a restart. */
export interface UsageRecord {
  /** Newest time the server told of each item. */
  known: UsageTimes
  /** What this device has not yet told the server, newest time an item. */
  pending: UsageTimes
  /** When items were first seen here whose time of making had not come yet. */
  seen?: UsageTimes
}

export interface UsageStore {
  load(): Promise<UsageRecord>
  save(record: UsageRecord): Promise<void>
}

/**
 * The usage lane: a max-register an item, outside of the document, so that joins cost the
 * document nothing and "last used" never falls, whatever order times arrive in.
 */
export interface UsageLane {
  /** When the item was last used, as far as this device knows; never later than now. */
  lastUsedAt(itemId: string): number | undefined
  /**
   * Orders items by use: the one used later has the greater number, also where this device's clock was wrong at one
   * of these times. Not to be shown.
   */
  orderOf(itemId: string): number | undefined
  /** When an item was made: for one made by a clock that was ahead, when it was first seen here. */
  madeAt(itemId: string, createdAt: number): number
  /** Used by this device's person now. */
  use(itemId: string): void
  /** Lowers times that this device's clock, ahead when they were noted, put into the future. */
  settleFuture(): void
  /** How many people are in the item now, by the server's word; 0 without a connection. */
  liveCount(itemId: string): number
  /** Used on this device, in another tab or before: shown at once, kept until the server has answered. */
  takePending(times: UsageTimes): void
  /** What the server says. A time it holds, or holds a later one than, is no longer pending. */
  takeServer(entries: Iterable<{ itemId: string; lastUsedAt: number; live: number }>): void
  /** The connection is gone: who is where now, nobody knows. */
  forgetLive(): void
  /** What the server has yet to be told. */
  pending(): UsageTimes
  /** The server has answered for these times, also where it capped or refused them. */
  settle(times: UsageTimes): void
  /** Called after each change. @returns ends it */
  subscribe(listener: () => void): () => void
  /** Settles when what was stored is read, also when it could not be. */
  whenLoaded: Promise<void>
}

/** Nobody used the app before: a clock that says so is wrong (1970 or 2001, after a flat battery). */
const EARLIEST = Date.UTC(2026, 0)
/** Uses by a clock that is behind are noted a millisecond after the latest known one: so many at most. */
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
    await whenLoaded // what was stored must not be written over before it is read
    while (dirty) {
      dirty = false
      // A store that fails tells the person itself; the lane goes on in memory.
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
  /** A later time is wrong. The server's times are right, and a use here may have followed them (see `use`). */
  const latestBelieved = (): number => {
    if (now() < EARLIEST) return Infinity // this clock cannot tell
    return Math.max(now(), latestKnown + FOLLOWING_MS)
  }
  /** Also of times stored by an earlier page. Which was used later stays so. */
  const lowerFuture = (latest: number): boolean => {
    const future = [...pending].filter(([, at]) => at > latest).sort(([, a], [, b]) => b - a)
    future.forEach(([itemId], after) => {
      if (latest - after > (known.get(itemId) ?? -1)) pending.set(itemId, latest - after)
      else pending.delete(itemId)
    })
    return future.length > 0
  }
  const wait = (times: UsageTimes): boolean => {
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
      wait(record.pending)
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
      pending.set(itemId, Math.max(now(), latest + 1)) // also by a clock that is behind
      changed()
    },
    settleFuture() {
      if (lowerFuture(latestBelieved())) changed()
    },
    liveCount: itemId => live.get(itemId) ?? 0,
    takePending(times) {
      const waits = wait(times)
      if (lowerFuture(latestBelieved()) || waits) changed()
    },
    takeServer(entries) {
      let any = false
      for (const { itemId, lastUsedAt: at, live: people } of entries) {
        // 0: the server knows no use of it.
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
