import { encodeMissing, encodeStateVector } from '@foyer/sync/protocol'
import { toBase64 } from 'lib0/buffer'
import type { WorkspaceDocument } from '../document/workspace-document.ts'

/** Largest state vector that is cached. */
const MAX_QUESTION_BYTES = 64 * 1024
/** Total size of the cached answers. */
const MAX_CACHED_BYTES = 8 * 1024 * 1024

/**
 * Caches answers to state vectors between two commits: after an outage hundreds of devices send
 * the same one.
 */
export class AnswerCache {
  #question: Uint8Array | null = null
  readonly #answers = new Map<string, Uint8Array>()
  #cachedBytes = 0

  /** Call it when the document changes. */
  forget(): void {
    this.#question = null
    this.#answers.clear()
    this.#cachedBytes = 0
  }

  /** The server's state vector, encoded. */
  question(document: WorkspaceDocument): Uint8Array {
    return (this.#question ??= encodeStateVector(document.stateVector()))
  }

  /**
   * What a replica with this state vector is missing, encoded.
   * @throws {Error} not a state vector
   */
  answer(document: WorkspaceDocument, stateVector: Uint8Array): Uint8Array {
    if (stateVector.length > MAX_QUESTION_BYTES) return encodeMissing(document.missing(stateVector))
    const key = toBase64(stateVector)
    const known = this.#answers.get(key)
    if (known !== undefined) return known
    const answer = encodeMissing(document.missing(stateVector))
    if (this.#cachedBytes + answer.length + key.length <= MAX_CACHED_BYTES) {
      this.#cachedBytes += answer.length + key.length
      this.#answers.set(key, answer)
    }
    return answer
  }
}
