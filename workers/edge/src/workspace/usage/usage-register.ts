import type { UsageEntry } from '@foyer/sync/protocol'
import type { LiveCounts } from './live-counts.ts'
import type { Peer } from '../connection/peer.ts'

/** Result of `applyReports`. */
export interface UsageChanges {
  /** Item id → last used, where it rose. */
  changed: Map<string, number>
  /** The items that each peer reported. */
  answers: Map<Peer, Set<string>>
}

/** The last use of each item. A time only rises, and never beyond the server's now. */
export interface UsageRegister {
  /** There are reports for `applyReports`. */
  readonly hasReports: boolean
  /** Queues a peer's times. @param now the server's time, ms since 1970 */
  report(peer: Peer, entries: UsageEntry[], now: number): void
  /** Applies the queued reports. @param exists false for unknown items, which are skipped */
  applyReports(exists: (itemId: string) => boolean): UsageChanges
  /** All items that were used or are in use. */
  all(): UsageEntry[]
  entries(itemIds: Iterable<string>): UsageEntry[]
}

/**
 * @param times the stored ones
 * @param live live counts, sent with the times
 */
export const createUsageRegister = (times: Map<string, number>, live: LiveCounts): UsageRegister => {
  let reports: { peer: Peer; itemId: string; at: number }[] = []
  const entry = (itemId: string): UsageEntry => ({
    itemId,
    lastUsedAt: times.get(itemId) ?? 0,
    live: live.of(itemId)
  })

  return {
    get hasReports() {
      return reports.length > 0
    },
    report(peer, entries, now) {
      for (const { itemId, lastUsedAt } of entries)
        reports.push({ peer, itemId, at: Math.min(lastUsedAt, now) })
    },
    applyReports(exists) {
      const changed = new Map<string, number>()
      const answers = new Map<Peer, Set<string>>()
      for (const { peer, itemId, at } of reports) {
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
      reports = []
      return { changed, answers }
    },
    all: () => Array.from(new Set([...times.keys(), ...live.itemIds]), entry),
    entries: itemIds => Array.from(itemIds, entry)
  }
}
