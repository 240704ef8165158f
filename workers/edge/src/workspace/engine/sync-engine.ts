import { ROOT_OF } from '@foyer/doc'
import { CLOSE, encodeStateVector, encodeUpdate, type Frame } from '@foyer/sync/protocol'
import { logFailure } from '../../log.ts'
import { UpdateFilter } from './update-filter.ts'
import { Broadcaster } from './broadcaster.ts'
import type { AwarenessRelay } from '../connection/awareness-relay.ts'
import { checkFrame } from './check-frame.ts'
import { createCompactor, type Compactor } from '../upkeep/compaction.ts'
import { WHOLE_BYTES } from '../update/large-update.ts'
import { LargeUpdates } from './large-updates.ts'
import type { LiveCounts } from '../usage/live-counts.ts'
import type { Peer } from '../connection/peer.ts'
import type { PictureSweep } from '../upkeep/picture-sweep.ts'
import { Handshakes } from './handshakes.ts'
import { malformed, RefusedFrameError, tooFast } from '../update/refused-frame-error.ts'
import { createTokenBucket, type TokenBucket } from '../connection/token-bucket.ts'
import { LostOwnershipError, UnknownWorkspaceError } from '../storage/update-store.ts'
import type {
  ActivityEntry,
  Commit,
  StoredHistory,
  UpdateStore,
  WrongLinks
} from '../storage/update-store.ts'
import { createUpdateQueue, THROTTLED_RETRY_MS, type QueuedUpdate } from './update-queue.ts'
import { createUsageRegister, type UsageRegister } from '../usage/usage-register.ts'
import {
  createWorkspaceDocument,
  CorruptDocumentError,
  UnreadableSnapshotError,
  type Applied,
  type WorkspaceDocument
} from '../document/workspace-document.ts'

interface Loaded {
  document: WorkspaceDocument
  large: LargeUpdates
  usage: UsageRegister
  compactor: Compactor
  head: number
  generation: number
}

/** State vectors and usage frames of one peer. */
const OTHER_FRAMES = { perSecond: 100, burst: 1_000 }
/** Usage entries of one peer: a large workspace once, then what a person can join. */
const USED_ITEMS = { perSecond: 500, burst: 20_000 }

type AwarenessFrame = Extract<Frame, { type: 'awareness' | 'query-awareness' }>

export interface SyncEngineOptions {
  store: UpdateStore
  /** The open connections. */
  peers: () => Iterable<Peer>
  /** Outlives the engine. */
  live: LiveCounts
  /** Outlives the engine: a peer may leave while no document is loaded. */
  awareness: AwarenessRelay
  /** Omitted where there are no pictures. */
  sweep?: PictureSweep
  /** This engine failed or lost its document; the next connection creates a new one. */
  onEnd: () => void
  now?: () => number
  wait?: (ms: number) => Promise<void>
}

/**
 * Syncs a document with its connections: check → commit → broadcast and acknowledge
 * (docs/design.md#sync). Updates that arrive during a commit go into the next one. Nothing is sent
 * before it is durable.
 */
export class SyncEngine {
  readonly #store: UpdateStore
  readonly #broadcaster: Broadcaster
  readonly #handshakes: Handshakes
  readonly #filter: UpdateFilter
  readonly #live: LiveCounts
  readonly #sweep: PictureSweep | undefined
  readonly #onEnd: () => void
  readonly #now: () => number
  readonly #wait: (ms: number) => Promise<void>
  #loading: Promise<Loaded | null>
  #loaded: Loaded | null = null
  #ended = false
  #draining: Promise<void> | null = null
  readonly #updates = createUpdateQueue()
  readonly #otherLimits = new WeakMap<Peer, { frames: TokenBucket; usedItems: TokenBucket }>()
  /** Items whose live count is to be broadcast. */
  readonly #changedLive = new Set<string>()

  constructor({
    store,
    peers,
    live,
    awareness,
    sweep,
    onEnd,
    now = Date.now,
    wait = sleep
  }: SyncEngineOptions) {
    this.#store = store
    this.#broadcaster = new Broadcaster(peers, awareness)
    this.#handshakes = new Handshakes(this.#broadcaster)
    this.#filter = new UpdateFilter(this.#broadcaster)
    this.#live = live
    this.#sweep = sweep
    this.#onEnd = onEnd
    this.#now = now
    this.#wait = wait
    this.#loading = this.#load()
  }

  /** A new connection: sends hello and the server's state vector. */
  async open(peer: Peer): Promise<void> {
    if ((await this.#loading) === null) return
    this.#handshakes.add(peer)
    await this.#drainSoon()
  }

  /** Sets an item's live count; ignored for an unknown item (S29). */
  async setLive(itemId: string, people: number): Promise<void> {
    const loaded = await this.#loading
    if (loaded !== null && !loaded.document.hasItem(itemId)) return
    if (this.#live.set(itemId, people)) await this.tellLive([itemId])
  }

  /** Broadcasts the live counts of these items. */
  async tellLive(itemIds: string[]): Promise<void> {
    if ((await this.#loading) === null) return
    for (const itemId of itemIds) this.#changedLive.add(itemId)
    await this.#drainSoon()
  }

  /** Ends a connection and drops its updates that are not committed yet. */
  disconnect(peer: Peer, closeCode: number, reason: string): void {
    this.#broadcaster.disconnect(peer, closeCode, reason)
  }

  /** Handles a frame. Settles when its effects are done. */
  async receive(peer: Peer, bytes: Uint8Array): Promise<void> {
    // A closing engine may have dropped earlier updates of this peer; later ones would leave a gap.
    if (!peer.isOpen) return
    if (this.#broadcaster.isDisconnected(peer)) return
    let frame: Frame
    try {
      frame = checkFrame(bytes)
      if (!this.#isWithinLimits(peer, frame, bytes.length)) throw tooFast()
    } catch (error) {
      if (!(error instanceof RefusedFrameError)) throw error
      this.#broadcaster.refuse(peer, error)
      return
    }
    const loaded = this.#loaded ?? (await this.#loading)
    if (loaded === null || this.#broadcaster.isDisconnected(peer)) return
    await this.#handle(loaded, peer, frame)
  }

  #handle(loaded: Loaded, peer: Peer, frame: Frame): Promise<void> | undefined {
    switch (frame.type) {
      case 'state-vector':
        this.#handshakes.queueStateVector(peer, frame.stateVector)
        return this.#drainSoon()
      case 'missing':
      case 'update':
        if (frame.type === 'missing') peer.window.probeAnswered()
        for (const offender of this.#updates.push({
          peer,
          update: frame.update,
          isAnswer: frame.type === 'missing'
        })) {
          this.#broadcaster.refuse(offender, tooFast())
        }
        return this.#drainSoon()
      case 'usage':
        loaded.usage.report(peer, frame.entries, this.#now())
        return this.#drainSoon()
      case 'awareness':
      case 'query-awareness':
        this.#takeAwareness(loaded, peer, frame)
        return undefined
      default:
        return undefined // refused by checkFrame
    }
  }

  #takeAwareness({ document }: Loaded, peer: Peer, frame: AwarenessFrame): void {
    const { awareness } = this.#broadcaster
    try {
      if (frame.type === 'query-awareness') {
        awareness.answer(peer)
        return
      }
      const skipped = awareness.receive(peer, frame.update, client => document.authorOf(client))
      for (const code of skipped) this.#broadcaster.notify(peer, { code })
    } catch (error) {
      if (!(error instanceof RefusedFrameError)) throw error
      this.#broadcaster.refuse(peer, error)
    }
  }

  /** Updates and awareness are limited elsewhere. */
  #isWithinLimits(peer: Peer, frame: Frame, bytes: number): boolean {
    if (frame.type !== 'state-vector' && frame.type !== 'usage') return true
    const limits = this.#otherLimits.get(peer) ?? {
      frames: createTokenBucket(OTHER_FRAMES),
      usedItems: createTokenBucket(USED_ITEMS)
    }
    this.#otherLimits.set(peer, limits)
    const now = this.#now()
    if (!limits.frames.take(now)) return false
    if (frame.type === 'state-vector') return true
    // A usage frame gets an answer of the same length.
    return limits.usedItems.take(now, frame.entries.length) && peer.window.takeAnswerCredit(bytes, now)
  }

  /** @param kept on a reload: state that does not come from the document */
  async #load(kept?: Pick<Loaded, 'usage' | 'compactor'>): Promise<Loaded | null> {
    try {
      const { head, generation, usage, clients, wrongLinks, ...stored } = await this.#store.load(this.#now())
      const { document, history } = await this.#open(stored, clients)
      document.renewLinks(wrongLinks)
      this.#live.keepOnly(itemId => document.hasItem(itemId))
      this.#loaded = {
        head,
        generation,
        document,
        large: new LargeUpdates(document),
        usage: kept?.usage ?? createUsageRegister(usage, this.#live),
        compactor: kept?.compactor ?? createCompactor(this.#store, history)
      }
      this.#disconnectOthersThan(generation)
    } catch (error) {
      // Never serve an empty document in place of an unreadable one.
      if (error instanceof UnknownWorkspaceError) this.#end(CLOSE.notAMember, 'no such workspace')
      else this.#fail('the document could not be loaded', error)
    }
    return this.#loaded
  }

  /** After a restore during hibernation: replicas of the old generation must not merge (S22). */
  #disconnectOthersThan(generation: number): void {
    for (const peer of this.#broadcaster) {
      if (peer.toldGeneration === null || peer.toldGeneration === generation) continue
      this.#broadcaster.disconnect(peer, CLOSE.otherGeneration, 'this workspace was restored')
    }
  }

  /** Opens whatever is stored: unusable parts are set aside and logged. */
  async #open(
    stored: StoredHistory,
    clients: Map<number, string>
  ): Promise<{ document: WorkspaceDocument; history: StoredHistory }> {
    for (let history = stored; ;) {
      const { snapshot } = history
      try {
        const document = createWorkspaceDocument({ ...history, clients })
        if (document.setAside.length > 0) await this.#store.setAside([...document.setAside], this.#now())
        return { document, history }
      } catch (error) {
        if (!(error instanceof UnreadableSnapshotError) || snapshot === null) throw error
        const unusable = { kind: 'snapshot', name: '', ...snapshot, reason: 'Yjs cannot read it' } as const
        await this.#store.setAside([unusable], this.#now())
        history = await this.#store.loadBefore(snapshot.seq)
      }
    }
  }

  #drainSoon(): Promise<void> {
    this.#draining ??= this.#drain()
    return this.#draining
  }

  async #drain(): Promise<void> {
    await Promise.resolve() // batches what arrives in this turn
    try {
      while (this.#loaded !== null && !this.#ended) {
        const loaded = this.#loaded
        await this.#greetNewPeers(loaded)
        this.#handshakes.answerStateVectors(loaded.document, this.#now())
        this.#broadcaster.sendLiveCounts(loaded.usage, this.#changedLive)
        this.#changedLive.clear()
        this.#handshakes.probeReaders(loaded.document)
        if (!this.#hasWork(loaded)) {
          if (this.#handshakes.hasNewPeers) continue // they connected meanwhile
          break
        }
        const committed = await this.#commit(loaded)
        if (!committed && loaded.large.size > 0) await this.#wait(0)
        else if (!committed && this.#updates.size > 0) await this.#wait(THROTTLED_RETRY_MS)
      }
    } catch (error) {
      if (error instanceof LostOwnershipError) this.#endAsMoved()
      // The outcome is unknown. The next instance claims the document and reads what was committed.
      else this.#fail('a commit failed', error)
    } finally {
      this.#draining = null
    }
  }

  #hasWork({ document, large, usage }: Loaded): boolean {
    return this.#updates.size > 0 || large.size > 0 || usage.hasReports || document.isDue(this.#now())
  }

  async #greetNewPeers(loaded: Loaded): Promise<void> {
    const newPeers = this.#handshakes.takeNewPeers()
    if (newPeers.length === 0) return
    // A restore may have happened during hibernation: do not send what it undid.
    if (!(await this.#store.isCurrent())) throw new LostOwnershipError()
    this.#handshakes.greet(newPeers, loaded, this.#now())
  }

  /** @returns false where there was nothing to do, or every queued peer is throttled */
  async #commit(loaded: Loaded): Promise<boolean> {
    const { document, large, usage, compactor } = loaded
    const now = this.#now()
    const resynced = new Set<Peer>()
    const accepted = this.#updates
      .take(now, large.peers)
      .filter(queued => this.#filter.accepts(queued, compactor, resynced))
    const whole = accepted.filter(({ update }) => update.length <= WHOLE_BYTES)
    for (const queued of accepted) if (queued.update.length > WHOLE_BYTES) large.add(queued)
    const { slices, finished } = large.work(peer => !this.#broadcaster.isDisconnected(peer))
    const authors = [...slices, ...whole].map(({ peer }) => peer)
    const applied = this.#apply(loaded, [...slices, ...whole], slices.length, now)
    if (applied instanceof CorruptDocumentError) {
      await this.#reload(loaded, applied, whole)
      return true
    }
    const { outcomes, corrected, ...changes } = applied
    const used = usage.applyReports(id => document.hasItem(id))

    if (changes.update !== null || used.changed.size > 0) {
      const commit = { head: loaded.head, ...changes, usage: used.changed, now }
      const { head, wrongLinks } = await this.#store.commit(commit)
      loaded.head = head
      this.#replaceLinks(document, wrongLinks, authors, commit)
    }

    if (slices.length > 0) large.adjustSliceWork(this.#now() - now)
    if (changes.update !== null) {
      this.#handshakes.forgetAnswers()
      compactor.count(changes.update)
      this.#broadcaster.broadcast(encodeUpdate(changes.update), corrected ? null : soleAuthor(authors))
    }
    const question = () => encodeStateVector(document.stateVector())
    const waiting: QueuedUpdate[] = []
    whole.forEach((queued, index) => {
      const outcome = outcomes[slices.length + index]
      if (outcome?.type === 'heavy') large.add(queued)
      else if (outcome?.type === 'waits') waiting.push(queued)
      else this.#filter.report(queued, outcome, question)
    })
    this.#updates.putBack(waiting)
    slices.forEach((slice, index) => {
      const outcome = outcomes[index]
      if (outcome?.type !== 'applied') large.drop(slice.queued)
      if (outcome !== undefined) this.#filter.reportSlice(slice.queued, outcome)
    })
    for (const { queued, outcome } of finished) this.#filter.report(queued, outcome, question)
    this.#broadcaster.acknowledge([...whole, ...finished.map(({ queued }) => queued)].map(({ peer }) => peer))
    this.#broadcaster.sendUsage(usage, used)
    if (compactor.isDue(now, large.size > 0)) void this.#compact(loaded, now)
    if (changes.update !== null) this.#sweepPictures(document, now)
    return whole.length + slices.length > 0 || used.changed.size > 0
  }

  #apply(
    { document }: Loaded,
    batch: { peer: Peer; update: Uint8Array }[],
    sliceCount: number,
    now: number
  ): Applied | CorruptDocumentError {
    try {
      return document.apply(
        batch.map(({ peer, update }, index) => ({
          update,
          author: peer.identity,
          isSlice: index < sliceCount
        })),
        now
      )
    } catch (error) {
      if (!(error instanceof CorruptDocumentError)) throw error
      const peer = batch[error.index]?.peer
      if (peer !== undefined) this.#broadcaster.refuse(peer, malformed('an update that cannot be applied'))
      return error
    }
  }

  /** Gives items with invalid links new ones, and notifies the authors. */
  #replaceLinks(
    document: WorkspaceDocument,
    wrongLinks: WrongLinks[],
    authors: Peer[],
    { activity }: Commit
  ): void {
    document.renewLinks(wrongLinks)
    for (const { kind, id, isTaken } of wrongLinks) {
      const isOfItem = ({ root, key }: ActivityEntry) => root === ROOT_OF[kind] && key.startsWith(`${id}/`)
      const userIds = new Set(activity.filter(isOfItem).map(({ userId }) => userId))
      for (const peer of new Set(authors)) {
        if (!userIds.has(peer.identity.userId)) continue
        const code = isTaken ? 'slug-taken' : 'links-kept-epoch'
        this.#broadcaster.notify(peer, { code, root: ROOT_OF[kind], id, field: 'links' })
      }
    }
  }

  #compact({ compactor, document, head }: Loaded, now: number): Promise<void> {
    return this.#runInBackground('a compaction', () =>
      compactor.run({ seq: head, bytes: document.snapshot() }, now)
    )
  }

  #sweepPictures(document: WorkspaceDocument, now: number): void {
    const sweep = this.#sweep
    if (sweep?.isDue(now) !== true) return
    void this.#runInBackground('a sweep of pictures', () => sweep.run(document.pictures(), now))
  }

  /** Runs beside the commits; a failure is logged. */
  async #runInBackground(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof LostOwnershipError) this.#endAsMoved()
      else logFailure(`${what} failed; another is tried later`, error)
    }
  }

  #endAsMoved(): void {
    this.#end(CLOSE.restarting, 'this workspace has moved')
  }

  /** Reloads the document from the database, where the bad update never arrived. */
  async #reload(
    { document, large, usage, compactor }: Loaded,
    error: CorruptDocumentError,
    batch: QueuedUpdate[]
  ) {
    logFailure('the document is reloaded', error)
    // A large update may be stored in part; its sender reconnects and sends the rest.
    for (const peer of large.peers)
      this.#broadcaster.disconnect(peer, CLOSE.restarting, 'the document is reloaded')
    this.#updates.putBack(batch)
    this.#handshakes.forgetAnswers()
    this.#loaded = null
    document.destroy()
    this.#loading = this.#load({ usage, compactor })
    await this.#loading
  }

  #fail(what: string, error: unknown): void {
    logFailure(what, error)
    this.#end(CLOSE.tryLater, 'the database cannot be reached')
  }

  #end(code: number, reason: string): void {
    if (this.#ended) return
    this.#ended = true
    this.#loaded?.document.destroy()
    this.#loaded = null
    this.#broadcaster.close(code, reason)
    this.#onEnd()
  }
}

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** The author of a whole batch, or null for several. */
const soleAuthor = (authors: Peer[]): Peer | null => {
  const author = authors[0] ?? null
  return authors.every(peer => peer === author) ? author : null
}
