/** After so many bytes a peer is asked something, so that its answer shows that it has read them. */
const ASK_AFTER_BYTES = 1024 * 1024
/** So much may wait for a peer to read it, beside the largest of the messages that do: that may be a document. */
const MOST_UNREAD_BYTES = 8 * 1024 * 1024

/** What a peer may have us send by asking for it, whether or not it reads: a document may make it wait afterwards. */
const ANSWERED = { bytesPerSecond: 256 * 1024, burst: 8 * 1024 * 1024 }

/**
 * What a peer was sent and may not have read. The runtime does not tell how much waits in a socket; but every Yjs
 * client answers a state vector, and does so after it has read what came before.
 */
export class SendWindow {
  #sent = 0
  #read = 0
  /** How much was sent when the open question was. */
  #askedAt: number | null = null
  #largest = 0
  #credit = ANSWERED.burst
  #creditedAt: number | null = null

  /** A message was sent. */
  count(bytes: number): void {
    this.#sent += bytes
    this.#largest = Math.max(this.#largest, bytes)
  }

  /** It has to be asked whether it still reads. */
  get isToBeAsked(): boolean {
    return this.#askedAt === null && this.#isLong
  }

  /** Nothing that it asks for is sent before it has read what waits. */
  get isHeld(): boolean {
    return this.#isLong
  }

  /** It does not read. */
  get isFull(): boolean {
    return this.#sent - this.#read > MOST_UNREAD_BYTES + this.#largest
  }

  /** It was asked, and the question was counted. */
  asked(): void {
    this.#askedAt = this.#sent
  }

  /** An answer came: what was sent before the question has been read. */
  answered(): void {
    if (this.#askedAt === null) return
    this.#read = this.#askedAt
    this.#askedAt = null
    this.#largest = 0
  }

  /**
   * Counts an answer to what the peer asked. @param now ms since 1970
   * @returns false where it has had more than it may
   */
  mayBeAnswered(bytes: number, now: number): boolean {
    const seconds = Math.max(0, now - (this.#creditedAt ?? now)) / 1_000
    this.#creditedAt = now
    this.#credit = Math.min(ANSWERED.burst, this.#credit + seconds * ANSWERED.bytesPerSecond)
    if (this.#credit <= 0) return false
    this.#credit -= bytes
    return true
  }

  get #isLong(): boolean {
    return this.#sent - this.#read > ASK_AFTER_BYTES
  }
}
