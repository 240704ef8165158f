import { SLICE_WORK } from '../update/large-update.ts'
import type { Peer } from '../connection/peer.ts'
import type { QueuedUpdate } from './update-queue.ts'
import type { Outcome, WorkspaceDocument } from '../document/workspace-document.ts'

/** Steps of reading between two commits. */
const STEPS_PER_COMMIT = 6
/** Most slices in one commit, each of another update. */
const SLICES_PER_COMMIT = 3
/** What a commit with slices may take, about, ms: others wait for the one under way, and then for their own. */
const COMMIT_MS = 60
const LEAST_SLICE_WORK = 100

/** A part of a large update that goes into the commit which begins now. */
export interface Slice {
  queued: QueuedUpdate
  peer: Peer
  update: Uint8Array
}

/** Large updates that are being worked off beside the commits, one after the other; one of each peer at most. */
export class LargeUpdates {
  readonly #document: WorkspaceDocument
  readonly #waiting: { queued: QueuedUpdate; work: ReturnType<WorkspaceDocument['slice']> }[] = []

  /** How much work a slice is: what that takes depends on the machine, the database and the document. */
  #sliceWork = SLICE_WORK

  constructor(document: WorkspaceDocument) {
    this.#document = document
  }

  get size(): number {
    return this.#waiting.length
  }

  /** Whose they are: what else comes from these waits. */
  get peers(): Peer[] {
    return this.#waiting.map(({ queued }) => queued.peer)
  }

  add(queued: QueuedUpdate): void {
    const { update, peer } = queued
    this.#waiting.push({ queued, work: this.#document.slice({ update, author: peer.identity }) })
  }

  /** Gives up what else there is of this one. */
  drop(queued: QueuedUpdate): void {
    const index = this.#waiting.findIndex(waiting => waiting.queued === queued)
    if (index !== -1) this.#waiting.splice(index, 1)
  }

  /** @param ms how long a commit with slices took */
  tookSoLong(ms: number): void {
    const factor = Math.min(1.5, Math.max(0.5, COMMIT_MS / Math.max(1, ms)))
    this.#sliceWork = Math.min(SLICE_WORK, Math.max(LEAST_SLICE_WORK, this.#sliceWork * factor))
  }

  /**
   * Works on, for as long as others can wait. What a slice builds on has to be applied: each update gives one.
   * @param isWelcome whether anything is still taken from a peer
   */
  work(isWelcome: (peer: Peer) => boolean): {
    slices: Slice[]
    finished: { queued: QueuedUpdate; outcome: Outcome }[]
  } {
    const slices: Slice[] = []
    const finished: { queued: QueuedUpdate; outcome: Outcome }[] = []
    for (let steps = STEPS_PER_COMMIT; steps > 0 && slices.length < SLICES_PER_COMMIT; steps--) {
      const next = this.#waiting[slices.length]
      if (next === undefined) break
      const { queued, work } = next
      if (!isWelcome(queued.peer)) {
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
