import { WHOLE_BYTES } from './large-update.ts'
import type { Peer } from './peer.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'

/**
 * What one peer may have stored: far more than people edit, as a device that was offline brings all it has in one
 * message. Beyond it a peer waits, which slows those down that wait for acknowledgements; one that goes on all
 * the same has soon sent more than is kept for it.
 */
const STORED = { perSecond: 1_000, burst: 3_000 }
/** Kept for one peer: some more messages, or bytes beside the largest message there is. */
const MOST_WAITING = { updates: 1_500, bytes: 20 * 1024 * 1024 }
/** Of one peer in one commit, beside its first: what the others wait for is short. */
const IN_A_COMMIT = { updates: 250, bytes: 64 * 1024 }

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
  /** What was taken, and did not come into a commit. */
  putBack(taken: QueuedUpdate[]): void
  /**
   * What goes into the commit that begins now.
   * @param now ms since 1970
   * @param busy peers whose large update is still worked on, so that what they sent after it waits
   */
  take(now: number, busy: Iterable<Peer>): QueuedUpdate[]
}

export const createUpdateQueue = (): UpdateQueue => {
  let waiting: QueuedUpdate[] = []
  const accounts = new WeakMap<Peer, { limit: RateLimit; updates: number; bytes: number }>()
  const accountOf = (peer: Peer) => {
    const account = accounts.get(peer) ?? { limit: createRateLimit(STORED), updates: 0, bytes: 0 }
    accounts.set(peer, account)
    return account
  }

  return {
    get size() {
      return waiting.length
    },
    push(queued) {
      const account = accountOf(queued.peer)
      account.updates++
      account.bytes += queued.update.length
      if (account.updates > MOST_WAITING.updates || account.bytes > MOST_WAITING.bytes) return false
      waiting.push(queued)
      return true
    },
    putBack(taken) {
      waiting = [...taken, ...waiting]
      for (const { peer, update } of taken) {
        const account = accountOf(peer)
        account.updates++
        account.bytes += update.length
      }
    },
    take(now, busy) {
      const held = new Set(busy)
      const shares = new Map<Peer, { updates: number; bytes: number; isOver: boolean }>()
      const left: QueuedUpdate[] = []
      const taken = waiting.filter(queued => {
        const { peer, update } = queued
        const account = accountOf(peer)
        const share = shares.get(peer) ?? { updates: 0, bytes: 0, isOver: false }
        shares.set(peer, share)
        share.bytes += update.length
        share.isOver ||=
          share.updates > 0 && (share.updates >= IN_A_COMMIT.updates || share.bytes > IN_A_COMMIT.bytes)
        share.isOver ||= held.has(peer) || !account.limit.allows(now)
        if (share.isOver) {
          left.push(queued)
          return false
        }
        // What it sent after a large one waits until that is worked off.
        if (update.length > WHOLE_BYTES) held.add(peer)
        share.updates++
        account.updates--
        account.bytes -= update.length
        return true
      })
      waiting = left
      return taken
    }
  }
}
