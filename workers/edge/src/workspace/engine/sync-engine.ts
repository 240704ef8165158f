import { fieldKey, ROOT_OF } from '@foyer/doc'
import { CLOSE, encodeStateVector, encodeUpdate, type Message } from '@foyer/sync/protocol'
import { logFailure } from '../../log.ts'
import { Admission } from './admission.ts'
import { Audience } from './audience.ts'
import type { AwarenessRelay, LeftOut } from '../connection/awareness-relay.ts'
import { checkMessage } from './check-message.ts'
import { createCompactor, type Compactor } from '../upkeep/compaction.ts'
import { WHOLE_BYTES } from '../update/large-update.ts'
import { LargeUpdates } from './large-updates.ts'
import type { LiveCounts } from '../usage/live-counts.ts'
import type { Peer } from '../connection/peer.ts'
import type { PictureSweep } from '../upkeep/picture-sweep.ts'
import { Reception } from './reception.ts'
import { malformed, RefusedMessageError, tooFast } from '../update/refused-message-error.ts'
import { createRateLimit, type RateLimit } from '../connection/rate-limit.ts'
import { LostOwnershipError, UnknownWorkspaceError } from '../storage/update-store.ts'
import type {
  ActivityEntry,
  Commit,
  StoredHistory,
  UpdateStore,
  WrongLinks
} from '../storage/update-store.ts'
import { createUpdateQueue, PACE_MS, type QueuedUpdate } from './update-queue.ts'
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

/** Questions and times of use, of one peer. */
const OTHER_MESSAGES = { perSecond: 100, burst: 1_000 }
/** Items that one peer tells the use of: all of a large workspace once, and then as many as a person may join. */
const USED_ITEMS = { perSecond: 500, burst: 20_000 }

type AwarenessMessage = Extract<Message, { type: 'awareness' | 'query-awareness' }>

/** Why something of an awareness message was left out, in words. */
const LEFT_OUT: Record<LeftOut, string> = {
  'foreign-awareness': 'Nobody can show themselves as another.',
  'awareness-too-large': 'What a client shows of itself can have 2 KB.',
  'too-many-awareness-clients': 'A connection can show itself as 8 clients.'
}

export interface SyncEngineOptions {
  store: UpdateStore
  /** Everybody who is connected now. */
  peers: () => Iterable<Peer>
  /** Outlives the engine. */
  live: LiveCounts
  /** Likewise: who leaves while nothing is loaded is seen to be gone all the same. */
  awareness: AwarenessRelay
  /** Left out where there are no pictures. */
  sweep?: PictureSweep
  /** This engine failed or lost its document; the next connection creates a new one. */
  onEnd: () => void
  now?: () => number
  wait?: (ms: number) => Promise<void>
}

/**
 * A workspace's document among its connections: check → commit → broadcast and acknowledge (docs/design.md#sync).
 * What arrives while a commit is under way goes with the next one. Nothing leaves the engine, neither to a
 * replica that asks nor to those that listen, before it is in the database.
 */
export class SyncEngine {
  readonly #store: UpdateStore
  readonly #audience: Audience
  readonly #reception: Reception
  readonly #admission: Admission
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
  readonly #otherMessages = new WeakMap<Peer, { messages: RateLimit; usedItems: RateLimit }>()
  /** Items of which everybody has to hear how many people are in them. */
  readonly #liveNews = new Set<string>()

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
    this.#audience = new Audience(peers, awareness)
    this.#reception = new Reception(this.#audience)
    this.#admission = new Admission(this.#audience)
    this.#live = live
    this.#sweep = sweep
    this.#onEnd = onEnd
    this.#now = now
    this.#wait = wait
    this.#loading = this.#load()
  }

  /** A new connection: it gets a hello, and is asked what it has that the server lacks. */
  async open(peer: Peer): Promise<void> {
    if ((await this.#loading) === null) return
    this.#reception.arrive(peer)
    await this.#drainSoon()
  }

  /** So many people are in an item now; where there is no such item, that is nothing (S29). */
  async setLive(itemId: string, people: number): Promise<void> {
    const loaded = await this.#loading
    if (loaded !== null && !loaded.document.hasItem(itemId)) return
    if (this.#live.set(itemId, people)) await this.tellLive([itemId])
  }

  /** Tells everybody how many people are in these items now. */
  async tellLive(itemIds: string[]): Promise<void> {
    if ((await this.#loading) === null) return
    for (const itemId of itemIds) this.#liveNews.add(itemId)
    await this.#drainSoon()
  }

  /** Its person may not be here any more: what it sent and what is not committed yet is not taken. */
  shutOut(peer: Peer, closeCode: number, reason: string): void {
    this.#audience.shutOut(peer, closeCode, reason)
  }

  /** A message of a connection. Settles when all that it caused is done. */
  async receive(peer: Peer, bytes: Uint8Array): Promise<void> {
    // The engine that closed it may have dropped what came before: with a hole, later edits mean something else.
    if (!peer.isOpen) return
    if (this.#audience.isRefused(peer)) return
    let message: Message
    try {
      message = checkMessage(bytes)
      if (!this.#mayAsk(peer, message, bytes.length)) throw tooFast()
    } catch (error) {
      if (!(error instanceof RefusedMessageError)) throw error
      this.#audience.refuse(peer, error)
      return
    }
    const loaded = this.#loaded ?? (await this.#loading)
    if (loaded === null || this.#audience.isRefused(peer)) return
    await this.#handle(loaded, peer, message)
  }

  #handle(loaded: Loaded, peer: Peer, message: Message): Promise<void> | undefined {
    switch (message.type) {
      case 'state-vector':
        this.#reception.ask(peer, message.stateVector)
        return this.#drainSoon()
      case 'missing':
      case 'update':
        if (message.type === 'missing') peer.window.answered()
        for (const guilty of this.#updates.push({
          peer,
          update: message.update,
          isAnswer: message.type === 'missing'
        })) {
          this.#audience.refuse(guilty, tooFast())
        }
        return this.#drainSoon()
      case 'usage':
        loaded.usage.take(peer, message.entries, this.#now())
        return this.#drainSoon()
      case 'awareness':
      case 'query-awareness':
        this.#takeAwareness(loaded, peer, message)
        return undefined
      default:
        return undefined // checkMessage lets nothing else in
    }
  }

  #takeAwareness({ document }: Loaded, peer: Peer, message: AwarenessMessage): void {
    const { awareness } = this.#audience
    try {
      if (message.type === 'query-awareness') {
        awareness.answer(peer)
        return
      }
      const leftOut = awareness.take(peer, message.update, client => document.authorOf(client))
      for (const code of leftOut) this.#audience.notify(peer, code, LEFT_OUT[code])
    } catch (error) {
      if (!(error instanceof RefusedMessageError)) throw error
      this.#audience.refuse(peer, error)
    }
  }

  /** Updates and awareness have limits of their own; everything else is small talk. */
  #mayAsk(peer: Peer, message: Message, bytes: number): boolean {
    if (message.type !== 'state-vector' && message.type !== 'usage') return true
    const limits = this.#otherMessages.get(peer) ?? {
      messages: createRateLimit(OTHER_MESSAGES),
      usedItems: createRateLimit(USED_ITEMS)
    }
    this.#otherMessages.set(peer, limits)
    const now = this.#now()
    if (!limits.messages.allows(now)) return false
    if (message.type === 'state-vector') return true
    // What is told of usage is answered at its length.
    return limits.usedItems.allows(now, message.entries.length) && peer.window.mayBeAnswered(bytes, now)
  }

  /** @param kept where an instance loads the document once more: what is not of the document */
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
      this.#shutOutOthersOf(generation)
    } catch (error) {
      // An empty document is never served in place of one that cannot be read.
      if (error instanceof UnknownWorkspaceError) this.#end(CLOSE.notAMember, 'no such workspace')
      else this.#fail('the document could not be loaded', error)
    }
    return this.#loaded
  }

  /** A restore while the instance slept: what these hold must not mix with what stands now (S22). */
  #shutOutOthersOf(generation: number): void {
    for (const peer of this.#audience) {
      if (peer.toldGeneration === null || peer.toldGeneration === generation) continue
      this.#audience.shutOut(peer, CLOSE.otherGeneration, 'this workspace was restored')
    }
  }

  /** Whatever is stored, the workspace opens: what is of no use is kept aside and named. */
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
    await Promise.resolve() // what arrives in this turn goes together
    try {
      while (this.#loaded !== null && !this.#ended) {
        const loaded = this.#loaded
        await this.#greetNewcomers(loaded)
        this.#reception.answerQuestions(loaded.document, this.#now())
        this.#audience.tellLive(loaded.usage, this.#liveNews)
        this.#liveNews.clear()
        this.#reception.askReaders(loaded.document)
        if (!this.#hasWork(loaded)) {
          if (this.#reception.hasNewcomers) continue // they came while others were greeted
          break
        }
        const committed = await this.#commit(loaded)
        if (!committed && loaded.large.size > 0) await this.#wait(0)
        else if (!committed && this.#updates.size > 0) await this.#wait(PACE_MS)
      }
    } catch (error) {
      if (error instanceof LostOwnershipError) this.#moved()
      // Committed or not? The next instance claims the document, which settles it, and reads what is there.
      else this.#fail('a commit failed', error)
    } finally {
      this.#draining = null
    }
  }

  #hasWork({ document, large, usage }: Loaded): boolean {
    return this.#updates.size > 0 || large.size > 0 || usage.hasNews || document.isDue(this.#now())
  }

  async #greetNewcomers(loaded: Loaded): Promise<void> {
    const newcomers = this.#reception.takeNewcomers()
    if (newcomers.length === 0) return
    // An instance that sleeps through a restore must not show anybody what was undone.
    if (!(await this.#store.isCurrent())) throw new LostOwnershipError()
    this.#reception.greet(newcomers, loaded, this.#now())
  }

  /** @returns whether there was anything to do; not where all that waits is of peers that are too fast */
  async #commit(loaded: Loaded): Promise<boolean> {
    const { document, large, usage, compactor } = loaded
    const now = this.#now()
    const resynced = new Set<Peer>()
    const admitted = this.#updates
      .take(now, large.peers)
      .filter(queued => this.#admission.admits(queued, compactor, resynced))
    const whole = admitted.filter(({ update }) => update.length <= WHOLE_BYTES)
    for (const queued of admitted) if (queued.update.length > WHOLE_BYTES) large.add(queued)
    const { slices, finished } = large.work(peer => !this.#audience.isRefused(peer))
    const authors = [...slices, ...whole].map(({ peer }) => peer)
    const applied = this.#apply(loaded, [...slices, ...whole], slices.length, now)
    if (applied instanceof CorruptDocumentError) {
      await this.#loadAnew(loaded, applied, whole)
      return true
    }
    const { outcomes, corrected, ...changes } = applied
    const used = usage.takeNews(id => document.hasItem(id))

    if (changes.update !== null || used.changed.size > 0) {
      const commit = { head: loaded.head, ...changes, usage: used.changed, now }
      const { head, wrongLinks } = await this.#store.commit(commit)
      loaded.head = head
      this.#giveOtherLinks(document, wrongLinks, authors, commit)
    }

    if (slices.length > 0) large.tookSoLong(this.#now() - now)
    if (changes.update !== null) {
      this.#reception.forgetAnswers()
      compactor.count(changes.update)
      this.#audience.broadcast(encodeUpdate(changes.update), corrected ? null : soleAuthor(authors))
    }
    const question = () => encodeStateVector(document.stateVector())
    const waiting: QueuedUpdate[] = []
    whole.forEach((queued, index) => {
      const outcome = outcomes[slices.length + index]
      if (outcome?.type === 'heavy') large.add(queued)
      else if (outcome?.type === 'waits') waiting.push(queued)
      else this.#admission.conclude(queued, outcome, question)
    })
    this.#updates.putBack(waiting)
    slices.forEach((slice, index) => {
      const outcome = outcomes[index]
      if (outcome?.type !== 'applied') large.drop(slice.queued)
      if (outcome !== undefined) this.#admission.concludeSlice(slice.queued, outcome)
    })
    for (const { queued, outcome } of finished) this.#admission.conclude(queued, outcome, question)
    this.#audience.acknowledge([...whole, ...finished.map(({ queued }) => queued)].map(({ peer }) => peer))
    this.#audience.tellUsage(usage, used)
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
      if (peer !== undefined) this.#audience.refuse(peer, malformed('an update that cannot be applied'))
      return error
    }
  }

  /** Who gives an item links that cannot stand hears so, and the item gets others. */
  #giveOtherLinks(
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
        const key = `${ROOT_OF[kind]}/${fieldKey(id, 'links')}`
        if (isTaken) this.#audience.notify(peer, 'slug-taken', `${key}: The link is another item’s.`)
        else this.#audience.notify(peer, 'links-kept-epoch', `${key}: The item had this link before.`)
      }
    }
  }

  #compact({ compactor, document, head }: Loaded, now: number): Promise<void> {
    return this.#doBeside('a compaction', () => compactor.run({ seq: head, bytes: document.snapshot() }, now))
  }

  #sweepPictures(document: WorkspaceDocument, now: number): void {
    const sweep = this.#sweep
    if (sweep?.isDue(now) !== true) return
    void this.#doBeside('a sweep of pictures', () => sweep.run(document.pictures(), now))
  }

  /** Work beside the commits, which go on. */
  async #doBeside(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof LostOwnershipError) this.#moved()
      else logFailure(`${what} failed; another is tried later`, error)
    }
  }

  #moved(): void {
    this.#end(CLOSE.restarting, 'this workspace has moved')
  }

  /** The database has the document as it was before that; nobody but its sender notices. */
  async #loadAnew(
    { document, large, usage, compactor }: Loaded,
    error: CorruptDocumentError,
    batch: QueuedUpdate[]
  ) {
    logFailure('the document is loaded anew', error)
    // Of a large update a part may be stored: it comes again, and then the rest is found to be missing.
    for (const peer of large.peers)
      this.#audience.shutOut(peer, CLOSE.restarting, 'the document is loaded anew')
    this.#updates.putBack(batch)
    this.#reception.forgetAnswers()
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
    this.#audience.close(code, reason)
    this.#onEnd()
  }
}

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** The one peer that all of a batch comes from, or null. */
const soleAuthor = (authors: Peer[]): Peer | null => {
  const author = authors[0] ?? null
  return authors.every(peer => peer === author) ? author : null
}
