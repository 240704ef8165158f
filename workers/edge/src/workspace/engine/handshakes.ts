import { CLOSE, encodeHello, encodeUsage, PROTOCOL_VERSION } from '@foyer/sync/protocol'
import { AnswerCache } from './answer-cache.ts'
import type { Broadcaster } from './broadcaster.ts'
import type { Peer } from '../connection/peer.ts'
import { malformed, tooFast } from '../update/refused-frame-error.ts'
import type { UsageRegister } from '../usage/usage-register.ts'
import type { WorkspaceDocument } from '../document/workspace-document.ts'

/** State vectors that a peer may send while one is queued; only the last is answered. */
const MAX_REPEATED = 100

/** Greets new peers and answers state vectors, both only with what is durable (S5). */
export class Handshakes {
  readonly #broadcaster: Broadcaster
  readonly #answers = new AnswerCache()
  #newPeers: Peer[] = []
  #questions = new Map<Peer, { stateVector: Uint8Array; repeated: number }>()

  constructor(broadcaster: Broadcaster) {
    this.#broadcaster = broadcaster
  }

  get hasNewPeers(): boolean {
    return this.#newPeers.length > 0
  }

  /** The document has changed. */
  forgetAnswers(): void {
    this.#answers.forget()
  }

  add(peer: Peer): void {
    this.#newPeers.push(peer)
  }

  queueStateVector(peer: Peer, stateVector: Uint8Array): void {
    const repeated = (this.#questions.get(peer)?.repeated ?? -1) + 1
    this.#questions.set(peer, { stateVector, repeated })
    if (repeated <= MAX_REPEATED) return
    this.#questions.delete(peer)
    this.#broadcaster.refuse(peer, tooFast())
  }

  takeNewPeers(): Peer[] {
    return this.#newPeers.splice(0)
  }

  /** @param now the server's time, ms since 1970 */
  greet(
    newPeers: Peer[],
    {
      document,
      usage,
      generation
    }: { document: WorkspaceDocument; usage: UsageRegister; generation: number },
    now: number
  ): void {
    const entries = usage.all()
    const usageFrame = entries.length > 0 ? encodeUsage(entries) : null
    for (const peer of newPeers) {
      const { userId, role, extended, generation: theirs } = peer.identity
      if (extended) {
        peer.send(encodeHello({ protocol: PROTOCOL_VERSION, generation, serverTime: now, userId, role }))
      }
      if (theirs !== null && theirs !== generation) {
        peer.close(CLOSE.otherGeneration, 'this workspace was restored')
        continue
      }
      peer.send(this.#answers.question(document))
      peer.toldGeneration = generation
      if (extended && usageFrame !== null) peer.send(usageFrame)
      this.#broadcaster.awareness.sendAll(peer)
    }
  }

  /** Answers peers whose send window is open. @param now ms since 1970 */
  answerStateVectors(document: WorkspaceDocument, now: number): void {
    for (const [peer, { stateVector }] of this.#questions) {
      if (!peer.isOpen) this.#questions.delete(peer)
      if (!peer.isOpen || peer.toldGeneration === null || peer.window.isBackedUp) continue
      this.#questions.delete(peer)
      try {
        const answer = this.#answers.answer(document, stateVector)
        if (peer.window.takeAnswerCredit(answer.length, now)) peer.send(answer)
        else this.#broadcaster.refuse(peer, tooFast())
      } catch {
        this.#broadcaster.refuse(peer, malformed('not a state vector'))
      }
    }
  }

  /** Sends a state vector to peers with much unread data: the answer shows that they still read. */
  probeReaders(document: WorkspaceDocument): void {
    for (const peer of this.#broadcaster) {
      if (peer.toldGeneration === null || !peer.window.needsProbe) continue
      peer.send(this.#answers.question(document))
      peer.window.probeSent()
    }
  }
}
