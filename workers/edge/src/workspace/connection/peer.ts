import type { Role } from '@foyer/access'
import type { SendWindow } from './send-window.ts'

/** A connection's user, authenticated by the Worker. Survives hibernation. */
export interface PeerIdentity {
  workspaceId: string
  userId: string
  /** The display name. */
  userName: string
  role: Role
  /** The session that opened it. */
  sessionId: string
  /** ms since 1970 */
  sessionEndsAt: number
  /** Opened with `?protocol=`: also receives hello, ack, usage and notice. */
  extended: boolean
  /** Its replica's generation; null where unknown or empty. */
  generation: number | null
}

/** One connection to a workspace. */
export interface Peer {
  readonly identity: PeerIdentity
  /** How many of its update messages are durable; survives hibernation. */
  durableUpdates: number
  /**
   * Update messages that were skipped after a gap. The peer's next answer to a state vector
   * contains them. Survives hibernation.
   */
  skippedUpdates: number
  /** Its awareness clients with their broadcast clocks. Survives hibernation. */
  awareness: readonly (readonly [client: number, clock: number])[]
  /** False once it is closing: messages still in flight are ignored. */
  readonly isOpen: boolean
  /** Unread data. Reset by hibernation. */
  readonly window: SendWindow
  /**
   * The generation of its hello; null before hello, when nothing else may be sent (S5). Survives
   * hibernation.
   */
  toldGeneration: number | null
  /** Ignored on a closed connection. Closes one that does not read, with 4429. */
  send(message: Uint8Array): void
  close(code: number, reason: string): void
}
