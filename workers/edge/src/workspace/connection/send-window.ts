/** Unread bytes after which a probe is sent. */
const PROBE_AFTER_BYTES = 1024 * 1024
/** Largest backlog, beside the largest message in it: that may be a whole document. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024

/**
 * Limits what a peer can request. A whole document may exceed it once and delay the next answer.
 */
const ANSWER_CREDIT = { bytesPerSecond: 256 * 1024, burst: 8 * 1024 * 1024 }

/**
 * Tracks what a peer was sent and may not have read. The runtime does not expose a socket's buffer.
 * But every Yjs client answers a state vector, in order, so a state vector serves as a probe.
 */
export class SendWindow {
  #sent = 0
  #read = 0
  /** The value of `#sent` at the open probe. */
  #probedAt: number | null = null
  #largest = 0
  #credit = ANSWER_CREDIT.burst
  #creditedAt: number | null = null

  /** Counts a sent message. */
  count(bytes: number): void {
    this.#sent += bytes
    this.#largest = Math.max(this.#largest, bytes)
  }

  /** A probe is due. */
  get needsProbe(): boolean {
    return this.#probedAt === null && this.#hasBacklog
  }

  /** Hold back answers until the peer has caught up. */
  get isBackedUp(): boolean {
    return this.#hasBacklog
  }

  /** The peer has stopped reading. */
  get isFull(): boolean {
    return this.#sent - this.#read > MAX_UNREAD_BYTES + this.#largest
  }

  /** Call it after the probe itself was counted. */
  probeSent(): void {
    this.#probedAt = this.#sent
  }

  /** All that was sent before the probe has been read. */
  probeAnswered(): void {
    if (this.#probedAt === null) return
    this.#read = this.#probedAt
    this.#probedAt = null
    this.#largest = 0
  }

  /**
   * Counts an answer to a request. @param now ms since 1970
   * @returns false when the peer has exceeded its rate
   */
  takeAnswerCredit(bytes: number, now: number): boolean {
    const seconds = Math.max(0, now - (this.#creditedAt ?? now)) / 1_000
    this.#creditedAt = now
    this.#credit = Math.min(ANSWER_CREDIT.burst, this.#credit + seconds * ANSWER_CREDIT.bytesPerSecond)
    if (this.#credit <= 0) return false
    this.#credit -= bytes
    return true
  }

  get #hasBacklog(): boolean {
    return this.#sent - this.#read > PROBE_AFTER_BYTES
  }
}
