/** Times of last use by item id, ms since 1970. */
export type UsageTimes = Record<string, number>

/** What a device keeps of the usage lane over a restart. */
export interface UsageRecord {
  /** Newest time the server told of each item. */
  known: UsageTimes
  /** What this device has not yet told the server, newest time an item. */
  pending: UsageTimes
}

export interface UsageStore {
  load(): Promise<UsageRecord>
  save(record: UsageRecord): Promise<void>
}

/**
 * The usage lane (DESIGN §5): a max-register an item, outside of the document, so that joins cost the
 * document nothing and "last used" never falls, whatever order times arrive in.
 */
export interface UsageLane {
  /** When the item was last used, as far as this device knows. */
  lastUsedAt(itemId: string): number | undefined
  /** How many people are in the item now, by the server's word; 0 without a connection. */
  liveCount(itemId: string): number
  /** Used on this device, here or in another tab: shown at once, kept until the server has answered. */
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

export const createUsageLane = (store: UsageStore): UsageLane => {
  const known = new Map<string, number>()
  const pending = new Map<string, number>()
  const live = new Map<string, number>()
  const listeners = new Set<() => void>()
  let saving: Promise<void> | null = null
  let dirty = false

  const save = async () => {
    await whenLoaded // what was stored must not be written over before it is read
    while (dirty) {
      dirty = false
      // A store that fails tells the person itself; the lane goes on in memory.
      await store
        .save({ known: Object.fromEntries(known), pending: Object.fromEntries(pending) })
        .catch(() => undefined)
    }
    saving = null
  }
  const changed = () => {
    dirty = true
    saving ??= save()
    for (const listener of listeners) listener()
  }
  const lastUsedAt = (itemId: string): number | undefined => {
    const at = Math.max(known.get(itemId) ?? -1, pending.get(itemId) ?? -1)
    return at < 0 ? undefined : at
  }
  const raise = (map: Map<string, number>, itemId: string, at: number): boolean => {
    if ((map.get(itemId) ?? -1) >= at) return false
    map.set(itemId, at)
    return true
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
      wait(record.pending)
      for (const listener of listeners) listener()
    },
    () => undefined
  )

  return {
    lastUsedAt,
    liveCount: itemId => live.get(itemId) ?? 0,
    takePending(times) {
      if (wait(times)) changed()
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
