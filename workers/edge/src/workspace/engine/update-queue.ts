import { WHOLE_BYTES } from '../update/large-update.ts'
import type { Peer } from '../connection/peer.ts'
import { createTokenBucket, type TokenBucket } from '../connection/token-bucket.ts'

/**
 * Committed updates of one peer. People never reach it: a device that was offline sends all it has
 * in one message. Beyond it updates wait in the queue, until the peer exceeds its share of that as
 * well.
 */
const COMMITTED = { perSecond: 1_000, burst: 3_000 }
/** Queued for one peer: room for the largest message and a little more. */
const MAX_QUEUED = { updates: 1_500, bytes: 20 * 1024 * 1024 }
/** Queued for all peers together. */
const MAX_QUEUED_BYTES = 64 * 1024 * 1024
/** One peer in one commit, beside its first update: a commit must stay short. */
const PER_PEER_AND_COMMIT = { updates: 250, bytes: 64 * 1024 }
const MAX_PER_COMMIT = 2_000
/** Large updates at a time: each holds much memory while it is applied. */
const MAX_LARGE = 3

/** How often the queue is checked while every peer is throttled, ms. */
export const THROTTLED_RETRY_MS = 20

export interface QueuedUpdate {
  peer: Peer
  update: Uint8Array
  /** It answers the server's state vector, so it must not leave a gap. */
  isAnswer: boolean
}

/** Updates for the next commit, fair between people and in order for each peer. */
export interface UpdateQueue {
  readonly size: number
  /**
   * @returns peers over their limit, whose updates were dropped: the sender, or the heaviest person
   */
  push(queued: QueuedUpdate): Peer[]
  /** Puts taken updates back in front. */
  putBack(taken: QueuedUpdate[]): void
  /**
   * Takes the updates for the next commit: round robin over people, then over their connections.
   * @param now ms since 1970
   * @param busy peers whose large update is still being applied: their later updates wait
   */
  take(now: number, busy: Iterable<Peer>): QueuedUpdate[]
}

interface PeerShare {
  limit: TokenBucket
  updates: number
  bytes: number
}

export const createUpdateQueue = (): UpdateQueue => {
  let waiting: QueuedUpdate[] = []
  let bytesWaiting = 0
  const peerShares = new WeakMap<Peer, PeerShare>()
  const shareOf = (peer: Peer) => {
    const peerShare = peerShares.get(peer) ?? { limit: createTokenBucket(COMMITTED), updates: 0, bytes: 0 }
    peerShares.set(peer, peerShare)
    return peerShare
  }
  const count = ({ peer, update }: QueuedUpdate, sign: 1 | -1): PeerShare => {
    const peerShare = shareOf(peer)
    peerShare.updates += sign
    peerShare.bytes += sign * update.length
    bytesWaiting += sign * update.length
    return peerShare
  }
  const drop = (peers: ReadonlySet<Peer>): Peer[] => {
    waiting = waiting.filter(queued => {
      if (peers.has(queued.peer)) count(queued, -1)
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
      const peerShare = count(queued, 1)
      if (peerShare.updates > MAX_QUEUED.updates || peerShare.bytes > MAX_QUEUED.bytes) {
        return drop(new Set([queued.peer]))
      }
      return bytesWaiting > MAX_QUEUED_BYTES ? drop(heaviestSender(waiting)) : []
    },
    putBack(taken) {
      waiting = [...taken, ...waiting]
      for (const queued of taken) count(queued, 1).limit.refund()
    },
    take(now, busy) {
      const blocked = new Set(busy)
      let large = blocked.size
      const shares = new Map<Peer, { updates: number; bytes: number; isExhausted: boolean }>()
      const taken = new Set<QueuedUpdate>()
      for (const queued of roundRobin(waiting)) {
        if (taken.size >= MAX_PER_COMMIT) break
        const { peer, update } = queued
        const isLarge = update.length > WHOLE_BYTES
        const share = shares.get(peer) ?? { updates: 0, bytes: 0, isExhausted: false }
        shares.set(peer, share)
        share.bytes += update.length
        share.isExhausted ||=
          share.updates > 0 &&
          (share.updates >= PER_PEER_AND_COMMIT.updates || share.bytes > PER_PEER_AND_COMMIT.bytes)
        share.isExhausted ||= blocked.has(peer) || (isLarge && large >= MAX_LARGE)
        share.isExhausted ||= !shareOf(peer).limit.take(now)
        if (share.isExhausted) continue
        // Later updates of this peer wait until the large one is applied.
        if (isLarge) {
          blocked.add(peer)
          large++
        }
        share.updates++
        count(queued, -1)
        taken.add(queued)
      }
      if (taken.size > 0) waiting = waiting.filter(queued => !taken.has(queued))
      return [...taken]
    }
  }
}

/** The connections of the person with the most queued bytes. */
const heaviestSender = (waiting: QueuedUpdate[]): Set<Peer> => {
  const bytes = new Map<string, number>()
  for (const { peer, update } of waiting) {
    const { userId } = peer.identity
    bytes.set(userId, (bytes.get(userId) ?? 0) + update.length)
  }
  const [most] = [...bytes].sort(([, a], [, b]) => b - a)[0] ?? []
  return new Set(waiting.map(({ peer }) => peer).filter(({ identity }) => identity.userId === most))
}

/** Alternates between people, and for each person between their connections. */
const roundRobin = (waiting: QueuedUpdate[]): QueuedUpdate[] => {
  const people = Map.groupBy(waiting, ({ peer }) => peer.identity.userId)
  return interleave(
    Array.from(people.values(), ofPerson =>
      interleave([...Map.groupBy(ofPerson, ({ peer }) => peer).values()])
    )
  )
}

const interleave = <T>(queues: T[][]): T[] => {
  if (queues.length === 1) return queues[0] ?? []
  const turns: T[] = []
  const longest = Math.max(0, ...queues.map(queue => queue.length))
  for (let at = 0; at < longest; at++) {
    for (const queue of queues) if (at < queue.length) turns.push(queue[at] as T)
  }
  return turns
}
