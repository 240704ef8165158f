import type { Role } from '@foyer/access'
import { CLOSE } from '@foyer/sync/protocol'
import { logFailure } from '../../log.ts'
import type { Peer } from './peer.ts'

/** Lookups while there is activity, which ends this long after the last message. */
const BUSY_INTERVAL_MS = 1_000
const BUSY_MS = 10_000
/** After a failed lookup. */
const RETRY_MS = 5_000
/** Without activity: finds sessions that ended without notice, such as a row deleted by hand. */
const IDLE_INTERVAL_MS = 60_000
/** All objects of this isolate together. */
const LOOKUPS_PER_SECOND = 50
/** Longest time from the Worker's check to the object's accept. */
const ENDED_KEPT_MS = 60_000

/** An active session, with its user in this workspace. */
export interface SessionState {
  /** ms since 1970 */
  endsAt: number
  userName: string
  /** Null for a non-member. */
  role: Role | null
}

/** Spreads the lookups of many objects over time. */
export class LookupPacer {
  #free = 0

  /** Reserves a time. @param earliest ms since 1970 @returns ms since 1970 */
  reserve(earliest: number): number {
    const at = Math.max(earliest, this.#free)
    this.#free = at + 1_000 / LOOKUPS_PER_SECOND
    return at
  }
}

const sharedPacer = new LookupPacer()

export interface SessionWatchOptions {
  peers: () => Iterable<Peer>
  /** Returns the sessions that have not ended. */
  lookUp: (
    workspaceId: string,
    sessionIds: string[],
    now: number
  ) => Promise<ReadonlyMap<string, SessionState>>
  disconnect: (peer: Peer, code: number, reason: string) => void
  /** The role, the name or the end of the session has changed. */
  onChange: (peer: Peer, standing: SessionState & { role: Role }) => void
  now?: () => number
  /** Shared by all objects with one database. */
  pacer?: LookupPacer
}

/**
 * Ends connections whose session has ended. Most endings arrive as `end`, expiry is known. For the
 * rest it polls the database: each second while there is activity (less often beyond 50 objects),
 * else each minute.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions
  readonly #now: () => number
  readonly #pacer: LookupPacer
  /** Session id → when it ended. */
  readonly #ended = new Map<string, number>()
  #nextLookupAt: number
  /** Whether that lookup is one of the frequent ones. */
  #isBusy = true
  #lastLookupAt = 0
  #activeAt: number
  /** A lower bound for the first expiry; null before it is computed. Cached for `nextAt`. */
  #firstEnd: number | null = null
  #lookingUp: Promise<void> | null = null

  constructor(options: SessionWatchOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#activeAt = this.#now()
    this.#pacer = options.pacer ?? sharedPacer
    this.#nextLookupAt = this.#pacer.reserve(this.#activeAt + BUSY_INTERVAL_MS)
  }

  /** When `lookUpIfDue` has something to do, ms since 1970; null where nobody is connected. */
  get nextAt(): number | null {
    for (const { isOpen } of this.#options.peers()) {
      if (!isOpen) continue
      this.#firstEnd ??= this.#findFirstEnd()
      return Math.max(Math.min(this.#nextLookupAt, this.#firstEnd), this.#lastLookupAt + BUSY_INTERVAL_MS)
    }
    return null
  }

  /** Registers a connection. @returns false when its session has ended already */
  opened({ sessionId, sessionEndsAt }: Peer['identity']): boolean {
    if (this.#ended.has(sessionId)) return false
    if (this.#firstEnd !== null) this.#firstEnd = Math.min(this.#firstEnd, sessionEndsAt)
    this.noteActivity()
    return true
  }

  /** Ends a session's connections: a sign-out, here or from another device. */
  end(sessionId: string): void {
    const now = this.#now()
    for (const [id, at] of this.#ended) if (now - at > ENDED_KEPT_MS) this.#ended.delete(id)
    this.#ended.set(sessionId, now)
    for (const peer of [...this.#options.peers()]) {
      if (peer.identity.sessionId === sessionId) this.#options.disconnect(peer, CLOSE.signedOut, 'signed out')
    }
  }

  /** A connection or a message. @returns whether `nextAt` may have moved forward */
  noteActivity(): boolean {
    this.#activeAt = this.#now()
    if (this.#isBusy) return false
    this.#isBusy = true
    this.#nextLookupAt = this.#pacer.reserve(this.#activeAt + BUSY_INTERVAL_MS)
    return true
  }

  async lookUpIfDue(): Promise<void> {
    const at = this.nextAt
    if (at !== null && this.#now() >= at) await this.lookUp()
  }

  /**
   * Looks up all sessions. When the database is out of reach everybody stays: nothing can be
   * written either.
   */
  lookUp(): Promise<void> {
    this.#lookingUp ??= this.#runLookup().finally(() => {
      this.#lookingUp = null
    })
    return this.#lookingUp
  }

  async #runLookup(): Promise<void> {
    const now = this.#now()
    this.#lastLookupAt = now
    // An early lookup keeps its reserved time, so that it does not take a second one.
    const isReserved = this.#isBusy && this.#nextLookupAt > now
    this.#isBusy = now - this.#activeAt < BUSY_MS
    if (!this.#isBusy) this.#nextLookupAt = now + IDLE_INTERVAL_MS
    else if (!isReserved) this.#nextLookupAt = this.#pacer.reserve(now + BUSY_INTERVAL_MS)
    const peers = [...this.#options.peers()]
    const sessionIds = [...new Set(peers.map(({ identity }) => identity.sessionId))]
    const [peer] = peers
    if (peer === undefined) return
    try {
      const standing = await this.#options.lookUp(peer.identity.workspaceId, sessionIds, now)
      for (const peer of peers) this.#apply(peer, standing.get(peer.identity.sessionId))
      this.#firstEnd = null
    } catch (error) {
      logFailure('sessions could not be looked up', error)
      this.#isBusy = false
      this.#nextLookupAt = now + RETRY_MS
    }
  }

  #findFirstEnd(): number {
    let first = Infinity
    for (const { isOpen, identity } of this.#options.peers()) {
      if (isOpen) first = Math.min(first, identity.sessionEndsAt)
    }
    return first
  }

  #apply(peer: Peer, standing: SessionState | undefined): void {
    const { disconnect, onChange } = this.#options
    const { role, userName, sessionEndsAt } = peer.identity
    if (!peer.isOpen) return
    if (standing === undefined) disconnect(peer, CLOSE.signedOut, 'signed out')
    else if (standing.role === null)
      disconnect(peer, CLOSE.notAMember, 'no longer a member of this workspace')
    else if (role !== standing.role || userName !== standing.userName || sessionEndsAt !== standing.endsAt) {
      onChange(peer, { ...standing, role: standing.role })
    }
  }
}
