import type { Peer } from './peer.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'

/**
 * What one peer may have stored: far more than people edit, as a device that was offline brings all it has in one
 * message. Beyond it a peer waits, which slows those down that wait for acknowledgements; one that goes on all
 * the same has soon sent more than is kept for it.
 */
const STORED = { perSecond: 3_000, burst: 3_000 }
const MOST_WAITING = 2_000

/** How soon a peer that waits is looked at again, ms. */
export const PACE_MS = 20

export interface QueuedUpdate {
  peer: Peer
  update: Uint8Array
  /** It answers the server's question, and so must leave no gap. */
  isAnswer: boolean
}

/** Updates on their way into the next commit, in the order of each peer; no peer can crowd out the others. */
export interface UpdateQueue {
  readonly size: number
  /** @returns false, and then it is not taken, when this peer has too much waiting already */
  push(queued: QueuedUpdate): boolean
  /** What goes into the commit that begins now. @param now ms since 1970 */
  take(now: number): QueuedUpdate[]
}

export const createUpdateQueue = (): UpdateQueue => {
  let waiting: QueuedUpdate[] = []
  const limits = new WeakMap<Peer, RateLimit>()
  const counts = new WeakMap<Peer, number>()
  const count = (peer: Peer, change: number) => {
    const next = (counts.get(peer) ?? 0) + change
    counts.set(peer, next)
    return next
  }
  const limitOf = (peer: Peer): RateLimit => {
    const limit = limits.get(peer) ?? createRateLimit(STORED)
    limits.set(peer, limit)
    return limit
  }

  return {
    get size() {
      return waiting.length
    },
    push(queued) {
      if (count(queued.peer, 1) > MOST_WAITING) return false
      waiting.push(queued)
      return true
    },
    take(now) {
      const held = new Set<Peer>()
      const taken: QueuedUpdate[] = []
      const left: QueuedUpdate[] = []
      for (const queued of waiting) {
        const { peer } = queued
        if (held.has(peer) || !limitOf(peer).allows(now)) {
          held.add(peer)
          left.push(queued)
        } else {
          count(peer, -1)
          taken.push(queued)
        }
      }
      waiting = left
      return taken
    }
  }
}
