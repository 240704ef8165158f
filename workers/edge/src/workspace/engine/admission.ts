import type { Audience } from './audience.ts'
import type { Compactor } from '../upkeep/compaction.ts'
import type { Peer } from '../connection/peer.ts'
import { malformed, overQuota } from '../update/refused-message-error.ts'
import type { QueuedUpdate } from './update-queue.ts'
import type { Outcome } from '../document/workspace-document.ts'

/** Largest document, by the bytes that are stored of it. */
const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024

/** Says which of a peer's updates go into a commit, and tells the peer what became of them. */
export class Admission {
  readonly #audience: Audience

  constructor(audience: Audience) {
    this.#audience = audience
  }

  /** @param resynced who sends, in this batch, all that it has */
  admits(
    { peer, update, isAnswer }: QueuedUpdate,
    { storedBytes }: Pick<Compactor, 'storedBytes'>,
    resynced: Set<Peer>
  ): boolean {
    if (this.#audience.isRefused(peer)) return false
    if (storedBytes + update.length > MAX_DOCUMENT_BYTES) {
      this.#audience.refuse(peer, overQuota())
      return false
    }
    if (isAnswer) resynced.add(peer)
    if (peer.skippedUpdates === 0 || resynced.has(peer)) return true
    peer.skippedUpdates++
    return false
  }

  /** What became of a part of an update, while the rest still comes. */
  concludeSlice({ peer }: QueuedUpdate, outcome: Outcome): void {
    if (outcome.type === 'applied') {
      for (const { code, message } of outcome.refusals) this.#audience.notify(peer, code, message)
    } else if (outcome.type === 'refused') this.#audience.refuse(peer, outcome.error)
    else this.#audience.refuse(peer, malformed('an update that leaves a gap'))
  }

  /** @param question what a peer is asked that sent something with a gap before it */
  conclude({ peer, isAnswer }: QueuedUpdate, outcome: Outcome | undefined, question: () => Uint8Array): void {
    switch (outcome?.type) {
      case 'applied':
        for (const { code, message } of outcome.refusals) this.#audience.notify(peer, code, message)
        peer.durableUpdates += 1 + peer.skippedUpdates
        peer.skippedUpdates = 0
        break
      case 'refused':
        this.#audience.refuse(peer, outcome.error)
        break
      case undefined:
      case 'heavy':
      case 'waits':
        break // it comes again
      case 'gap':
        if (isAnswer) {
          this.#audience.refuse(peer, malformed('an answer that leaves a gap'))
          break
        }
        peer.skippedUpdates++
        peer.send(question())
    }
  }
}
