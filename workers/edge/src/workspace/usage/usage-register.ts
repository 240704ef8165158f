import type { UsageEntry } from '@foyer/sync/protocol'
import type { LiveCounts } from './live-counts.ts'
import type { Peer } from '../connection/peer.ts'

/** What `takeNews` found. */
export interface UsageNews {
  /** Item id → last used, where that rose. */
  changed: Map<string, number>
  /** What each peer told, and so waits to hear the truth of. */
  answers: Map<Peer, Set<string>>
}

/** The newest time of use of each item; a time only ever rises, and never past the server's now. */
export interface UsageRegister {
  /** Is there something that `takeNews` has not handed out? */
  readonly hasNews: boolean
  /** What a peer tells. @param now the server's time, ms since 1970 */
  take(peer: Peer, entries: UsageEntry[], now: number): void
  /** Enters what was told into the register. @param exists told about anything else, it is passed over */
  takeNews(exists: (itemId: string) => boolean): UsageNews
  /** Every item that was used or is in use. */
  all(): UsageEntry[]
  entries(itemIds: Iterable<string>): UsageEntry[]
}

/**
 * @param times what the store holds; the register goes on from there
 * @param live people in the items now, told beside the times
 */
export const createUsageRegister = (times: Map<string, number>, live: LiveCounts): UsageRegister => {
  let told: { peer: Peer; itemId: string; at: number }[] = []
  const entry = (itemId: string): UsageEntry => ({
    itemId,
    lastUsedAt: times.get(itemId) ?? 0,
    live: live.of(itemId)
  })

  return {
    get hasNews() {
      return told.length > 0
    },
    take(peer, entries, now) {
      for (const { itemId, lastUsedAt } of entries) told.push({ peer, itemId, at: Math.min(lastUsedAt, now) })
    },
    takeNews(exists) {
      const changed = new Map<string, number>()
      const answers = new Map<Peer, Set<string>>()
      for (const { peer, itemId, at } of told) {
        const asked = answers.get(peer) ?? new Set()
        answers.set(peer, asked.add(itemId))
        if (!exists(itemId)) {
          times.delete(itemId)
          live.set(itemId, 0)
        } else if (at > (times.get(itemId) ?? 0)) {
          times.set(itemId, at)
          changed.set(itemId, at)
        }
      }
      told = []
      return { changed, answers }
    },
    all: () => Array.from(new Set([...times.keys(), ...live.itemIds]), entry),
    entries: itemIds => Array.from(itemIds, entry)
  }
}
