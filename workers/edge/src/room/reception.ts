import { CLOSE, encodeHello, encodeUsage, PROTOCOL_VERSION } from '@foyer/sync/protocol'
import { AnswerCache } from './answer-cache.ts'
import type { Audience } from './audience.ts'
import type { Peer } from './peer.ts'
import { malformed } from './refused-message-error.ts'
import type { UsageRegister } from './usage-register.ts'
import type { WorkspaceDocument } from './workspace-document.ts'

/** Newcomers, and who asked for what they lack: both wait until what they are told is durable (S5). */
export class Reception {
  readonly #audience: Audience
  readonly #answers = new AnswerCache()
  #newcomers: Peer[] = []
  #questions: { peer: Peer; stateVector: Uint8Array }[] = []

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
    this.#questions.push({ peer, stateVector })
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
      peer.greeted = true
      if (extended && known !== null) peer.send(known)
      this.#audience.awareness.tell(peer)
    }
  }

  answerQuestions(document: WorkspaceDocument): void {
    const questions = this.#questions.filter(({ peer }) => peer.greeted)
    this.#questions = this.#questions.filter(({ peer }) => !peer.greeted && peer.isOpen)
    for (const { peer, stateVector } of questions) {
      try {
        peer.send(this.#answers.answer(document, stateVector))
      } catch {
        this.#audience.refuse(peer, malformed('not a state vector'))
      }
    }
  }
}
