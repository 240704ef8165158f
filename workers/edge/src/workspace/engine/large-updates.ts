import { SLICE_WORK } from '../update/large-update.ts'
import type { Peer } from '../connection/peer.ts'
import type { QueuedUpdate } from './update-queue.ts'
import type { Outcome, WorkspaceDocument } from '../document/workspace-document.ts'

/** Read steps between two commits. */
const STEPS_PER_COMMIT = 6
/** Slices in one commit, each of a different update. */
const SLICES_PER_COMMIT = 3
/** Target duration of a commit with slices, ms. Other edits wait for up to two of them. */
const COMMIT_MS = 60
const MIN_SLICE_WORK = 100

/** A part of a large update, for the next commit. */
export interface Slice {
  queued: QueuedUpdate
  peer: Peer
  update: Uint8Array
}

/** Applies large updates slice by slice, between other commits. At most one for each peer. */
export class LargeUpdates {
  readonly #document: WorkspaceDocument
  readonly #waiting: { queued: QueuedUpdate; work: ReturnType<WorkspaceDocument['slice']> }[] = []

  /** Adapts to the machine, the database and the document. */
  #sliceWork = SLICE_WORK

  constructor(document: WorkspaceDocument) {
    this.#document = document
  }

  get size(): number {
    return this.#waiting.length
  }

  /** Their senders, whose later updates wait. */
  get peers(): Peer[] {
    return this.#waiting.map(({ queued }) => queued.peer)
  }

  add(queued: QueuedUpdate): void {
    const { update, peer } = queued
    this.#waiting.push({ queued, work: this.#document.slice({ update, author: peer.identity }) })
  }

  /** Drops the rest of an update. */
  drop(queued: QueuedUpdate): void {
    const index = this.#waiting.findIndex(waiting => waiting.queued === queued)
    if (index !== -1) this.#waiting.splice(index, 1)
  }

  /** @param ms how long a commit with slices took */
  adjustSliceWork(ms: number): void {
    const factor = Math.min(1.5, Math.max(0.5, COMMIT_MS / Math.max(1, ms)))
    this.#sliceWork = Math.min(SLICE_WORK, Math.max(MIN_SLICE_WORK, this.#sliceWork * factor))
  }

  /**
   * Produces the next slices. A slice builds on the one before, so each update gives at most one.
   * @param isConnected false for a peer whose updates are dropped
   */
  work(isConnected: (peer: Peer) => boolean): {
    slices: Slice[]
    finished: { queued: QueuedUpdate; outcome: Outcome }[]
  } {
    const slices: Slice[] = []
    const finished: { queued: QueuedUpdate; outcome: Outcome }[] = []
    for (let steps = STEPS_PER_COMMIT; steps > 0 && slices.length < SLICES_PER_COMMIT; steps--) {
      const next = this.#waiting[slices.length]
      if (next === undefined) break
      const { queued, work } = next
      if (!isConnected(queued.peer)) {
        this.drop(queued)
        continue
      }
      const step = work.next(this.#sliceWork)
      if (step.done === true) {
        this.drop(queued)
        finished.push({ queued, outcome: step.value })
      } else if (step.value !== null) slices.push({ queued, peer: queued.peer, update: step.value })
    }
    return { slices, finished }
  }
}
