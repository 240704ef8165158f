import { WHOLE_BYTES } from '../update/large-update.ts'
import type { Peer } from '../connection/peer.ts'
import { createRateLimit, type RateLimit } from '../connection/rate-limit.ts'

/**
 * What one peer may have stored: far more than people edit, as a device that was offline brings all it has in one
 * message. Beyond it a peer waits, which slows those down that wait for acknowledgements; one that goes on all
 * the same has soon sent more than is kept for it.
 */
const STORED = { perSecond: 1_000, burst: 3_000 }
/** Kept for one peer: some more messages, or bytes beside the largest message there is. */
const MOST_WAITING = { updates: 1_500, bytes: 20 * 1024 * 1024 }
/** Kept for all peers of a workspace together. */
const MOST_BYTES = 64 * 1024 * 1024
/** Of one peer in one commit, beside its first: what the others wait for is short. */
const IN_A_COMMIT = { updates: 250, bytes: 64 * 1024 }
const MOST_IN_A_COMMIT = 2_000
/** Large updates that are worked off at a time: each may hold much memory while it is. */
const MOST_LARGE = 3

/** How soon a peer that waits is looked at again, ms. */
export const PACE_MS = 20

export interface QueuedUpdate {
  peer: Peer
  update: Uint8Array
  /** It answers the server's question, and so must leave no gap. */
  isAnswer: boolean
}

/** Updates on their way into the next commit, in the order of each peer; no person can crowd out the others. */
export interface UpdateQueue {
  readonly size: number
  /** @returns who has too much waiting here now, of whom nothing is kept any more: whoever sent it, or has the most */
  push(queued: QueuedUpdate): Peer[]
  /** What was taken, and did not come into a commit. */
  putBack(taken: QueuedUpdate[]): void
  /**
   * What goes into the commit that begins now: of each person in turn, and of each of their connections in turn.
   * @param now ms since 1970
   * @param busy peers whose large update is still worked on, so that what they sent after it waits
   */
  take(now: number, busy: Iterable<Peer>): QueuedUpdate[]
}

interface Account {
  limit: RateLimit
  updates: number
  bytes: number
}

export const createUpdateQueue = (): UpdateQueue => {
  let waiting: QueuedUpdate[] = []
  let bytesWaiting = 0
  const accounts = new WeakMap<Peer, Account>()
  const accountOf = (peer: Peer) => {
    const account = accounts.get(peer) ?? { limit: createRateLimit(STORED), updates: 0, bytes: 0 }
    accounts.set(peer, account)
    return account
  }
  const enter = ({ peer, update }: QueuedUpdate, sign: 1 | -1): Account => {
    const account = accountOf(peer)
    account.updates += sign
    account.bytes += sign * update.length
    bytesWaiting += sign * update.length
    return account
  }
  const drop = (peers: ReadonlySet<Peer>): Peer[] => {
    waiting = waiting.filter(queued => {
      if (peers.has(queued.peer)) enter(queued, -1)
      return !peers.has(queued.peer)
    })
    return [...peers]
  }

  return {
    get size() {
      return waiting.length
    },
    push(queued) {
      waiting.push(queued)
      const account = enter(queued, 1)
      if (account.updates > MOST_WAITING.updates || account.bytes > MOST_WAITING.bytes) {
        return drop(new Set([queued.peer]))
      }
      return bytesWaiting > MOST_BYTES ? drop(ofWhoHasMost(waiting)) : []
    },
    putBack(taken) {
      waiting = [...taken, ...waiting]
      for (const queued of taken) enter(queued, 1).limit.giveBack()
    },
    take(now, busy) {
      const held = new Set(busy)
      let large = held.size
      const shares = new Map<Peer, { updates: number; bytes: number; isOver: boolean }>()
      const taken = new Set<QueuedUpdate>()
      for (const queued of inTurns(waiting)) {
        if (taken.size >= MOST_IN_A_COMMIT) break
        const { peer, update } = queued
        const isLarge = update.length > WHOLE_BYTES
        const share = shares.get(peer) ?? { updates: 0, bytes: 0, isOver: false }
        shares.set(peer, share)
        share.bytes += update.length
        share.isOver ||=
          share.updates > 0 && (share.updates >= IN_A_COMMIT.updates || share.bytes > IN_A_COMMIT.bytes)
        share.isOver ||= held.has(peer) || (isLarge && large >= MOST_LARGE)
        share.isOver ||= !accountOf(peer).limit.allows(now)
        if (share.isOver) continue
        // What it sent after a large one waits until that is worked off.
        if (isLarge) {
          held.add(peer)
          large++
        }
        share.updates++
        enter(queued, -1)
        taken.add(queued)
      }
      if (taken.size > 0) waiting = waiting.filter(queued => !taken.has(queued))
      return [...taken]
    }
  }
}

/** The connections of the person of whom the most bytes wait. */
const ofWhoHasMost = (waiting: QueuedUpdate[]): Set<Peer> => {
  const bytes = new Map<string, number>()
  for (const { peer, update } of waiting) {
    const { userId } = peer.identity
    bytes.set(userId, (bytes.get(userId) ?? 0) + update.length)
  }
  const [most] = [...bytes].sort(([, a], [, b]) => b - a)[0] ?? []
  return new Set(waiting.map(({ peer }) => peer).filter(({ identity }) => identity.userId === most))
}

/** One of each person, then the next of each; of a person one of each connection, then the next of each. */
const inTurns = (waiting: QueuedUpdate[]): QueuedUpdate[] => {
  const people = Map.groupBy(waiting, ({ peer }) => peer.identity.userId)
  return takeTurns(
    Array.from(people.values(), ofPerson =>
      takeTurns([...Map.groupBy(ofPerson, ({ peer }) => peer).values()])
    )
  )
}

const takeTurns = <T>(queues: T[][]): T[] => {
  if (queues.length === 1) return queues[0] ?? []
  const turns: T[] = []
  const longest = Math.max(0, ...queues.map(queue => queue.length))
  for (let at = 0; at < longest; at++) {
    for (const queue of queues) if (at < queue.length) turns.push(queue[at] as T)
  }
  return turns
}
