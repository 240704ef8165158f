import type { Broadcaster } from './broadcaster.ts'
import type { Compactor } from '../upkeep/compaction.ts'
import type { Peer } from '../connection/peer.ts'
import { malformed, overQuota } from '../update/refused-frame-error.ts'
import type { QueuedUpdate } from './update-queue.ts'
import type { Outcome } from '../document/workspace-document.ts'

/** Largest document, in stored bytes. */
const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024

/** Decides which updates go into a commit, and reports the outcome to their sender. */
export class UpdateFilter {
  readonly #broadcaster: Broadcaster

  constructor(broadcaster: Broadcaster) {
    this.#broadcaster = broadcaster
  }

  /** @param resynced peers whose full state is in this batch */
  accepts(
    { peer, update, isAnswer }: QueuedUpdate,
    { storedBytes }: Pick<Compactor, 'storedBytes'>,
    resynced: Set<Peer>
  ): boolean {
    if (this.#broadcaster.isDisconnected(peer)) return false
    if (storedBytes + update.length > MAX_DOCUMENT_BYTES) {
      this.#broadcaster.refuse(peer, overQuota())
      return false
    }
    if (isAnswer) resynced.add(peer)
    if (peer.skippedUpdates === 0 || resynced.has(peer)) return true
    peer.skippedUpdates++
    return false
  }

  /** Reports one slice of a large update. */
  reportSlice({ peer }: QueuedUpdate, outcome: Outcome): void {
    if (outcome.type === 'applied') {
      for (const refusal of outcome.refusals) this.#broadcaster.notify(peer, refusal)
    } else if (outcome.type === 'refused') this.#broadcaster.refuse(peer, outcome.error)
    else this.#broadcaster.refuse(peer, malformed('an update that leaves a gap'))
  }

  /** @param question the state vector to send after a gap */
  report({ peer, isAnswer }: QueuedUpdate, outcome: Outcome | undefined, question: () => Uint8Array): void {
    switch (outcome?.type) {
      case 'applied':
        for (const refusal of outcome.refusals) this.#broadcaster.notify(peer, refusal)
        peer.durableUpdates += 1 + peer.skippedUpdates
        peer.skippedUpdates = 0
        break
      case 'refused':
        this.#broadcaster.refuse(peer, outcome.error)
        break
      case undefined:
      case 'heavy':
      case 'waits':
        break // retried with a later commit
      case 'gap':
        if (isAnswer) {
          this.#broadcaster.refuse(peer, malformed('an answer that leaves a gap'))
          break
        }
        peer.skippedUpdates++
        peer.send(question())
    }
  }
}
