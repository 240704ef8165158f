import { CLOSE, encodeHello, encodeUsage, PROTOCOL_VERSION } from '@foyer/sync/protocol'
import { AnswerCache } from './answer-cache.ts'
import type { Audience } from './audience.ts'
import type { Peer } from '../connection/peer.ts'
import { malformed, tooFast } from '../update/refused-message-error.ts'
import type { UsageRegister } from '../usage/usage-register.ts'
import type { WorkspaceDocument } from '../document/workspace-document.ts'

/** How often a peer may ask again while its question waits: only the last one is answered. */
const MOST_REPEATED = 100

/** Newcomers, and who asked for what they lack: both wait until what they are told is durable (S5). */
export class Reception {
  readonly #audience: Audience
  readonly #answers = new AnswerCache()
  #newcomers: Peer[] = []
  #questions = new Map<Peer, { stateVector: Uint8Array; repeated: number }>()

  constructor(audience: Audience) {
    this.#audience = audience
  }

  get hasNewcomers(): boolean {
    return this.#newcomers.length > 0
  }

  /** The document has changed. */
  forgetAnswers(): void {
    this.#answers.forget()
  }

  arrive(peer: Peer): void {
    this.#newcomers.push(peer)
  }

  ask(peer: Peer, stateVector: Uint8Array): void {
    const repeated = (this.#questions.get(peer)?.repeated ?? -1) + 1
    this.#questions.set(peer, { stateVector, repeated })
    if (repeated <= MOST_REPEATED) return
    this.#questions.delete(peer)
    this.#audience.refuse(peer, tooFast())
  }

  takeNewcomers(): Peer[] {
    return this.#newcomers.splice(0)
  }

  /** @param now the server's time, ms since 1970 */
  greet(
    newcomers: Peer[],
    {
      document,
      usage,
      generation
    }: { document: WorkspaceDocument; usage: UsageRegister; generation: number },
    now: number
  ): void {
    // The same for all of them.
    const used = usage.all()
    const known = used.length > 0 ? encodeUsage(used) : null
    for (const peer of newcomers) {
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
      if (extended && known !== null) peer.send(known)
      this.#audience.awareness.tell(peer)
    }
  }

  /** Answers who has read what it was sent before. @param now ms since 1970 */
  answerQuestions(document: WorkspaceDocument, now: number): void {
    for (const [peer, { stateVector }] of this.#questions) {
      if (!peer.isOpen) this.#questions.delete(peer)
      if (!peer.isOpen || peer.toldGeneration === null || peer.window.isHeld) continue
      this.#questions.delete(peer)
      try {
        const answer = this.#answers.answer(document, stateVector)
        if (peer.window.mayBeAnswered(answer.length, now)) peer.send(answer)
        else this.#audience.refuse(peer, tooFast())
      } catch {
        this.#audience.refuse(peer, malformed('not a state vector'))
      }
    }
  }

  /** Asks who was sent much since they were asked last: the answer shows that they still read. */
  askReaders(document: WorkspaceDocument): void {
    for (const peer of this.#audience) {
      if (peer.toldGeneration === null || !peer.window.isToBeAsked) continue
      peer.send(this.#answers.question(document))
      peer.window.asked()
    }
  }
}
