import type { Role } from '@foyer/access'
import type { SendWindow } from './send-window.ts'

/** Who is at the other end of a connection, as the Worker established it; kept through hibernation. */
export interface PeerIdentity {
  workspaceId: string
  userId: string
  /** As others see it. */
  userName: string
  role: Role
  /** The session that it was opened with, and when that ends, ms since 1970. */
  sessionId: string
  sessionEndsAt: number
  /** Asked for `?protocol=1`: gets hello, ack, usage and notice too. */
  extended: boolean
  /** The generation that its replica is of; null where it did not say, or has nothing yet. */
  generation: number | null
}

/** One connection of a workspace. */
export interface Peer {
  readonly identity: PeerIdentity
  /** How many of its update messages are durable; survives hibernation. */
  durableUpdates: number
  /**
   * Update messages that were left out because one before them is missing here: its next answer, for which it was
   * asked, makes them good. Survives hibernation.
   */
  skippedUpdates: number
  /** Its awareness clients, with the clocks that the others know. Survives hibernation. */
  awareness: readonly (readonly [client: number, clock: number])[]
  /** False once it was told to close, here or by an earlier instance: what it still says comes too late. */
  readonly isOpen: boolean
  /** What it was sent and may not have read; begins anew when the object wakes. */
  readonly window: SendWindow
  /**
   * The generation that hello told it of; null before hello: until then nothing else may reach it (S5). Survives
   * hibernation.
   */
  toldGeneration: number | null
  /** Does nothing where the connection is gone. Who does not read is closed with 4429. */
  send(message: Uint8Array): void
  close(code: number, reason: string): void
}
