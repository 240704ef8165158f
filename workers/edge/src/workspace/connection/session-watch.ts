import type { Role } from '@foyer/access'
import { CLOSE } from '@foyer/sync/protocol'
import { logFailure } from '../../log.ts'
import type { Peer } from './peer.ts'

/** While somebody comes or says something, and for a while after: what the door knew may be a moment old. */
const LOOK_APART_MS = 1_000
const BUSY_MS = 10_000
/** Where the database did not answer. */
const LOOK_AGAIN_MS = 5_000
/** While nothing is said: for what ends without a word, such as a row deleted by hand. */
const LOOK_AT_LEAST_MS = 60_000
/** How often all objects of this isolate together may look up sessions, at most. */
const LOOKS_A_SECOND = 50
/** As long as a connection may be on its way from the Worker to its object. */
const REMEMBERED_MS = 60_000

/** A session that stands, and who it belongs to in this workspace. */
export interface Standing {
  /** ms since 1970 */
  endsAt: number
  userName: string
  /** Null for no member. */
  role: Role | null
}

/** When each of many is to look: not all at once, and the less often the more they are. */
export class LookPace {
  #free = 0

  /** @param earliest ms since 1970 @returns the time that is kept for the one who asks */
  reserve(earliest: number): number {
    const at = Math.max(earliest, this.#free)
    this.#free = at + 1_000 / LOOKS_A_SECOND
    return at
  }
}

const paceOfAll = new LookPace()

export interface SessionWatchOptions {
  peers: () => Iterable<Peer>
  /** Of these sessions those that have not ended. */
  look: (workspaceId: string, sessionIds: string[], now: number) => Promise<ReadonlyMap<string, Standing>>
  disconnect: (peer: Peer, code: number, reason: string) => void
  /** Who that is, or what they may do, is something else now. */
  onChange: (peer: Peer, standing: Standing & { role: Role }) => void
  now?: () => number
  /** Shared by all that ask one database. */
  pace?: LookPace
}

/**
 * Ends connections whose session has ended. It is told of most endings (`end`), knows when a session expires, and for
 * the rest looks into the database: each second while people come or say something (with more than 50 objects at once less often),
 * else once a minute.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions
  readonly #now: () => number
  readonly #pace: LookPace
  /** Session → when that was. */
  readonly #ended = new Map<string, number>()
  #lookAt: number
  /** Is that as soon as there is time for it? */
  #looksSoon = true
  #lookedAt = 0
  #busyAt: number
  /** When the first session ends, or earlier; null where that has to be found out. Asked with every connection. */
  #firstEnd: number | null = null
  #looking: Promise<void> | null = null

  constructor(options: SessionWatchOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#busyAt = this.#now()
    this.#pace = options.pace ?? paceOfAll
    this.#lookAt = this.#pace.reserve(this.#busyAt + LOOK_APART_MS)
  }

  /** When `lookIfDue` has something to do, ms since 1970; null where nobody is connected. */
  get nextAt(): number | null {
    for (const { isOpen } of this.#options.peers()) {
      if (!isOpen) continue
      this.#firstEnd ??= this.#endOfFirst()
      return Math.max(Math.min(this.#lookAt, this.#firstEnd), this.#lookedAt + LOOK_APART_MS)
    }
    return null
  }

  /** A connection has opened. @returns whether it may stay */
  opened({ sessionId, sessionEndsAt }: Peer['identity']): boolean {
    if (this.#ended.has(sessionId)) return false
    if (this.#firstEnd !== null) this.#firstEnd = Math.min(this.#firstEnd, sessionEndsAt)
    this.said()
    return true
  }

  /** Somebody has signed out, or another device ended the session. */
  end(sessionId: string): void {
    const now = this.#now()
    for (const [id, at] of this.#ended) if (now - at > REMEMBERED_MS) this.#ended.delete(id)
    this.#ended.set(sessionId, now)
    for (const peer of [...this.#options.peers()]) {
      if (peer.identity.sessionId === sessionId) this.#options.disconnect(peer, CLOSE.signedOut, 'signed out')
    }
  }

  /** Somebody came, or said something. @returns whether `nextAt` may be earlier by that */
  said(): boolean {
    this.#busyAt = this.#now()
    if (this.#looksSoon) return false
    this.#looksSoon = true
    this.#lookAt = this.#pace.reserve(this.#busyAt + LOOK_APART_MS)
    return true
  }

  async lookIfDue(): Promise<void> {
    const at = this.nextAt
    if (at !== null && this.#now() >= at) await this.look()
  }

  /** Looks every session up. Where the database cannot be reached everybody stays: nothing can be written either. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async #look(): Promise<void> {
    const now = this.#now()
    this.#lookedAt = now
    // Who looks before their time, as they were told to, keeps it: it is not taken from the others twice.
    const isKept = this.#looksSoon && this.#lookAt > now
    this.#looksSoon = now - this.#busyAt < BUSY_MS
    if (!this.#looksSoon) this.#lookAt = now + LOOK_AT_LEAST_MS
    else if (!isKept) this.#lookAt = this.#pace.reserve(now + LOOK_APART_MS)
    const peers = [...this.#options.peers()]
    const sessionIds = [...new Set(peers.map(({ identity }) => identity.sessionId))]
    const [peer] = peers
    if (peer === undefined) return
    try {
      const standing = await this.#options.look(peer.identity.workspaceId, sessionIds, now)
      for (const peer of peers) this.#judge(peer, standing.get(peer.identity.sessionId))
      this.#firstEnd = null
    } catch (error) {
      logFailure('sessions could not be looked up', error)
      this.#looksSoon = false
      this.#lookAt = now + LOOK_AGAIN_MS
    }
  }

  #endOfFirst(): number {
    let first = Infinity
    for (const { isOpen, identity } of this.#options.peers()) {
      if (isOpen) first = Math.min(first, identity.sessionEndsAt)
    }
    return first
  }

  #judge(peer: Peer, standing: Standing | undefined): void {
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
