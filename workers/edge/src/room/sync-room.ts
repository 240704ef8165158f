import {
  CLOSE,
  encodeAck,
  encodeAwareness,
  encodeHello,
  encodeMissing,
  encodeNotice,
  encodeQueryAwareness,
  encodeStateVector,
  encodeUpdate,
  encodeUsage,
  PROTOCOL_VERSION,
  type Message
} from '@foyer/sync/protocol'
import { checkMessage } from './check-message.ts'
import type { Peer } from './peer.ts'
import { malformed, RefusedMessageError } from './refused-message-error.ts'
import { LostOwnershipError, UnknownWorkspaceError, type UpdateStore } from './update-store.ts'
import { createUsageRegister, type UsageRegister } from './usage-register.ts'
import { createWorkspaceDocument, type Outcome, type WorkspaceDocument } from './workspace-document.ts'

interface QueuedUpdate {
  peer: Peer
  update: Uint8Array
  /** It answers the server's question, and so must leave no gap. */
  isAnswer: boolean
}

interface Loaded {
  document: WorkspaceDocument
  usage: UsageRegister
  head: number
  generation: number
}

export interface SyncRoomOptions {
  store: UpdateStore
  /** Everybody who is connected now. */
  peers: () => Iterable<Peer>
  /** The room is of no use any more: its owner makes a new one when somebody comes. */
  onEnd: () => void
  now?: () => number
}

/**
 * A workspace's document among its connections: check → commit → broadcast and acknowledge (DESIGN §5).
 * What arrives while a commit is under way goes with the next one. Nothing leaves the room, neither to a
 * replica that asks nor to those that listen, before it is in the database.
 */
export class SyncRoom {
  readonly #store: UpdateStore
  readonly #peers: () => Iterable<Peer>
  readonly #onEnd: () => void
  readonly #now: () => number
  readonly #loading: Promise<Loaded | null>
  #loaded: Loaded | null = null
  #ended = false
  #updates: QueuedUpdate[] = []
  #newcomers: Peer[] = []
  /** Who asked for what they lack. Like newcomers they are answered between two commits. */
  #questions: { peer: Peer; stateVector: Uint8Array }[] = []
  readonly #resyncing = new WeakSet<Peer>()
  #draining: Promise<void> | null = null

  constructor({ store, peers, onEnd, now = Date.now }: SyncRoomOptions) {
    this.#store = store
    this.#peers = peers
    this.#onEnd = onEnd
    this.#now = now
    this.#loading = this.#load()
  }

  /** A new connection: it gets a hello, and is asked what it has that the server lacks. */
  async open(peer: Peer): Promise<void> {
    if ((await this.#loading) === null) return
    this.#newcomers.push(peer)
    await this.#drainSoon()
  }

  /** A message of a connection. Settles when all that it caused is done. */
  async receive(peer: Peer, bytes: Uint8Array): Promise<void> {
    let message: Message
    try {
      message = checkMessage(bytes)
    } catch (error) {
      if (!(error instanceof RefusedMessageError)) throw error
      this.#refuse(peer, error)
      return
    }
    if ((this.#loaded ?? (await this.#loading)) === null) return
    await this.#handle(peer, message)
  }

  #handle(peer: Peer, message: Message): Promise<void> | undefined {
    switch (message.type) {
      case 'state-vector':
        this.#questions.push({ peer, stateVector: message.stateVector })
        return this.#drainSoon()
      case 'missing':
      case 'update':
        this.#updates.push({ peer, update: message.update, isAnswer: message.type === 'missing' })
        return this.#drainSoon()
      case 'usage':
        this.#loaded?.usage.take(peer, message.entries, this.#now())
        return this.#drainSoon()
      case 'awareness':
        this.#broadcast(encodeAwareness(message.update), peer)
        return undefined
      case 'query-awareness':
        this.#broadcast(encodeQueryAwareness(), peer)
        return undefined
      default:
        return undefined // checkMessage lets nothing else in
    }
  }

  async #load(): Promise<Loaded | null> {
    try {
      const { head, generation, usage, ...history } = await this.#store.load()
      const document = createWorkspaceDocument(history)
      this.#loaded = { head, generation, document, usage: createUsageRegister(usage) }
    } catch (error) {
      // An empty document is never served in place of one that cannot be read.
      if (error instanceof UnknownWorkspaceError) this.#end(CLOSE.notAMember, 'no such workspace')
      else this.#fail('the document could not be loaded', error)
    }
    return this.#loaded
  }

  #drainSoon(): Promise<void> {
    this.#draining ??= this.#drain()
    return this.#draining
  }

  async #drain(): Promise<void> {
    await Promise.resolve() // what arrives in this turn goes together
    try {
      while (this.#loaded !== null && !this.#ended) {
        this.#greetNewcomers(this.#loaded)
        this.#answerQuestions(this.#loaded)
        if (this.#updates.length === 0 && !this.#loaded.usage.hasNews) break
        await this.#commit(this.#loaded)
      }
    } catch (error) {
      if (error instanceof LostOwnershipError) this.#end(CLOSE.restarting, 'this room has moved')
      // Committed or not? The next instance claims the document, which settles it, and reads what is there.
      else this.#fail('a commit failed', error)
    } finally {
      this.#draining = null
    }
  }

  #greetNewcomers({ document, usage, generation }: Loaded): void {
    const newcomers = this.#newcomers
    this.#newcomers = []
    for (const peer of newcomers) {
      const { userId, role, extended } = peer.identity
      if (extended) {
        peer.send(
          encodeHello({ protocol: PROTOCOL_VERSION, generation, serverTime: this.#now(), userId, role })
        )
      }
      peer.send(encodeStateVector(document.stateVector()))
      if (extended && usage.size > 0) peer.send(encodeUsage(usage.all()))
      this.#broadcast(encodeQueryAwareness(), peer)
    }
  }

  #answerQuestions({ document }: Loaded): void {
    const questions = this.#questions
    this.#questions = []
    for (const { peer, stateVector } of questions) {
      try {
        peer.send(encodeMissing(document.missing(stateVector)))
      } catch {
        this.#refuse(peer, new RefusedMessageError(CLOSE.malformed, 'malformed', 'not a state vector'))
      }
    }
  }

  async #commit(loaded: Loaded): Promise<void> {
    const { document, usage } = loaded
    const now = this.#now()
    const batch = this.#updates.filter(queued => this.#isExpected(queued))
    this.#updates = []
    const authored = batch.map(({ peer, update }) => ({ update, author: peer.identity }))
    const { outcomes, corrected, ...changes } = document.apply(authored, now)
    const used = usage.takeNews(id => document.hasItem(id))

    if (changes.update !== null || used.changed.size > 0) {
      const seq = loaded.head + 1
      await this.#store.commit({ seq, ...changes, usage: used.changed, now })
      loaded.head = seq
    }

    if (changes.update !== null) {
      this.#broadcast(encodeUpdate(changes.update), corrected ? null : soleAuthor(batch))
    }
    const question = encodeStateVector(document.stateVector())
    batch.forEach((queued, index) => {
      this.#conclude(queued, outcomes[index], question)
    })
    this.#acknowledge(batch)
    this.#tellUsage(used)
  }

  /** A peer whose update left a gap is asked for all that it has; until its answer the rest makes no sense. */
  #isExpected({ peer, isAnswer }: QueuedUpdate): boolean {
    if (isAnswer) this.#resyncing.delete(peer)
    if (!this.#resyncing.has(peer)) return true
    peer.skippedUpdates++
    return false
  }

  #conclude({ peer, isAnswer }: QueuedUpdate, outcome: Outcome | undefined, question: Uint8Array): void {
    switch (outcome?.type) {
      case 'applied':
        for (const { code, message } of outcome.refusals) this.#notify(peer, code, message)
        peer.durableUpdates += 1 + peer.skippedUpdates
        peer.skippedUpdates = 0
        break
      case 'refused':
        this.#refuse(peer, outcome.error)
        break
      case 'gap':
        if (isAnswer) {
          this.#refuse(peer, malformed('an answer that leaves a gap'))
          break
        }
        peer.skippedUpdates++
        this.#resyncing.add(peer)
        peer.send(question)
    }
  }

  /** @param except needs no telling: it is where this comes from */
  #broadcast(message: Uint8Array, except: Peer | null): void {
    for (const peer of this.#peers()) if (peer !== except) peer.send(message)
  }

  #acknowledge(batch: QueuedUpdate[]): void {
    for (const peer of new Set(batch.map(({ peer }) => peer))) {
      if (peer.identity.extended) peer.send(encodeAck(peer.durableUpdates))
    }
  }

  #tellUsage({ changed, answers }: ReturnType<UsageRegister['takeNews']>): void {
    const { usage } = this.#loaded ?? {}
    if (usage === undefined) return
    for (const peer of this.#peers()) {
      if (!peer.identity.extended) continue
      const ids = new Set([...changed.keys(), ...(answers.get(peer) ?? [])])
      if (ids.size > 0) peer.send(encodeUsage(usage.entries(ids)))
    }
  }

  #notify(peer: Peer, code: string, message: string): void {
    if (peer.identity.extended) peer.send(encodeNotice({ code, message }))
  }

  #refuse(peer: Peer, { closeCode, noticeCode, message }: RefusedMessageError): void {
    this.#notify(peer, noticeCode, message)
    peer.close(closeCode, message)
  }

  #fail(what: string, error: unknown): void {
    console.error(what, error instanceof Error ? `${error.name}: ${error.message}` : error)
    this.#end(CLOSE.tryLater, 'the database cannot be reached')
  }

  #end(code: number, reason: string): void {
    if (this.#ended) return
    this.#ended = true
    this.#loaded?.document.destroy()
    this.#loaded = null
    for (const peer of this.#peers()) peer.close(code, reason)
    this.#onEnd()
  }
}

/** The one peer that all of a batch comes from, or null. */
const soleAuthor = (batch: QueuedUpdate[]): Peer | null => {
  const author = batch[0]?.peer ?? null
  return batch.every(({ peer }) => peer === author) ? author : null
}
