import { encodeMissing, encodeStateVector } from '@foyer/sync/protocol'
import { toBase64 } from 'lib0/buffer'
import type { WorkspaceDocument } from '../document/workspace-document.ts'

/** Largest state vector that is remembered, and how many bytes of answers are kept. */
const MOST_QUESTION_BYTES = 64 * 1024
const MOST_KEPT_BYTES = 8 * 1024 * 1024

/**
 * What newcomers are told, made once for all who come between two commits: after a lost network hundreds of
 * devices ask the same.
 */
export class AnswerCache {
  #question: Uint8Array | null = null
  readonly #answers = new Map<string, Uint8Array>()
  #keptBytes = 0

  /** The document has changed. */
  forget(): void {
    this.#question = null
    this.#answers.clear()
    this.#keptBytes = 0
  }

  /** The server's own state vector, as a message. */
  question(document: WorkspaceDocument): Uint8Array {
    return (this.#question ??= encodeStateVector(document.stateVector()))
  }

  /** What a replica with this state vector lacks, as a message. @throws {Error} when it is no state vector */
  answer(document: WorkspaceDocument, stateVector: Uint8Array): Uint8Array {
    if (stateVector.length > MOST_QUESTION_BYTES) return encodeMissing(document.missing(stateVector))
    const key = toBase64(stateVector)
    const known = this.#answers.get(key)
    if (known !== undefined) return known
    const answer = encodeMissing(document.missing(stateVector))
    if (this.#keptBytes + answer.length + key.length <= MOST_KEPT_BYTES) {
      this.#keptBytes += answer.length + key.length
      this.#answers.set(key, answer)
    }
    return answer
  }
}
