import { encodeAwareness, encodeQueryAwareness } from '@foyer/sync/protocol'
import { decodeStates, encodeStates, parseState, type AwarenessState } from './awareness-states.ts'
import type { Peer } from './peer.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'
import { tooFast, tooLarge } from '../update/refused-message-error.ts'

/** Largest state, in bytes of its JSON. */
const MAX_STATE_BYTES = 2 * 1024
/** As many as a person has tabs. */
const MAX_CLIENTS = 8
/** The largest such message is far below what one connection may send at once. */
const STATES_IN_A_MESSAGE = 100
/** A cursor that moves 50 times a second. */
const NEWS = { perSecond: 50, burst: 500 }
/** One answer holds what everybody shows. */
const QUESTIONS = { perSecond: 1, burst: 20 }
/** What repeats nothing that was heard here, and says nothing new: removals after a timeout, mostly. */
const IDLE = { perSecond: 20, burst: 200 }
/** So much of what a peer was told may it repeat at any time, in bytes. */
const MAX_ECHO_BYTES = 4 * 1024 * 1024
/** Removals of everybody: what a peer may say at once that it was not told. */
const MAX_IDLE_BYTES = 64 * 1024
/** A client's clock rises by one with each change: this is never reached. */
const LARGEST_CLOCK = 2 ** 32 - 1
/** Clients of connections that have ended, whose id is kept for their user. */
const MOST_REMEMBERED = 10_000

interface Shown {
  peer: Peer
  /** As the others know it. */
  clock: number
  /** As its client sent it last; undefined after a sleep. */
  sent: Pick<AwarenessState, 'clock' | 'json'> | undefined
  /** Undefined where it is not known after a sleep: its client is asked. */
  state: Record<string, unknown> | undefined
}

/** A client whose connection has ended. */
interface Ended {
  userId: string
  clock: number
}

interface Conduct {
  /** What it shows itself as. */
  clients: Set<number>
  news: TokenBucket
  questions: TokenBucket
  idle: TokenBucket
  /** Bytes that were sent to it and may come back. */
  echo: number
  /** It was asked for its states, and is not asked again. */
  asked: boolean
}

/** What was left out of a message. */
export type LeftOut = 'foreign-awareness' | 'awareness-too-large' | 'too-many-awareness-clients'

/**
 * Who shows what of themselves, and what the others hear of it. An awareness client belongs to the connection that
 * showed it, and stays its user's when that ends. States are made anew here, with the user that the session says.
 *
 * Stock clients repeat everything they hear. What is foreign is left out, and repeating it costs nothing: otherwise
 * somebody's activity would count against everybody else's rate.
 */
export class AwarenessRelay {
  readonly #peers: () => Iterable<Peer>
  readonly #now: () => number
  readonly #shown = new Map<number, Shown>()
  readonly #ended = new Map<number, Ended>()
  readonly #conduct = new WeakMap<Peer, Conduct>()

  /** @param peers who is connected; those that were when this object fell asleep are taken up again */
  constructor(peers: () => Iterable<Peer>, now: () => number = Date.now) {
    this.#peers = peers
    this.#now = now
    for (const peer of peers()) this.#takeUp(peer)
  }

  /**
   * @param update as y-protocols encodes it
   * @param authorOf whose a Yjs client is in the document: nobody else shows themselves under it
   * @returns what was left out, and why
   * @throws {RefusedMessageError}
   */
  take(peer: Peer, update: Uint8Array, authorOf: (client: number) => string | undefined): Set<LeftOut> {
    const leftOut = new Set<LeftOut>()
    const news = new Map<number, AwarenessState>()
    const { clients } = this.#conductOf(peer)
    for (const sent of decodeStates(update)) {
      const { client } = sent
      if (this.#isForeign(peer, client, authorOf)) leftOut.add('foreign-awareness')
      else if (byteLength(sent.json) > MAX_STATE_BYTES) leftOut.add('awareness-too-large')
      else if (!clients.has(client) && clients.size >= MAX_CLIENTS) leftOut.add('too-many-awareness-clients')
      else if (!this.#isRepeated(sent)) {
        const state = this.#show(peer, sent)
        if (state !== null) news.set(client, state)
      }
    }
    this.#count(peer, news.size > 0, update.length)
    this.#tellOthers(peer, [...news.values()])
    return leftOut
  }

  /** Tells a peer what everybody else shows. */
  tell(peer: Peer): void {
    const states: AwarenessState[] = []
    for (const [client, shown] of this.#shown) {
      if (shown.peer === peer) continue
      if (shown.state === undefined) this.#ask(shown.peer)
      else states.push(stateOf(client, shown))
    }
    // In messages that a stock client can repeat: it does, with everything it hears.
    for (let at = 0; at < states.length; at += STATES_IN_A_MESSAGE) {
      this.#send(peer, encodeStates(states.slice(at, at + STATES_IN_A_MESSAGE)))
    }
  }

  /** A peer asks who is there. @throws {RefusedMessageError} */
  answer(peer: Peer): void {
    if (!this.#conductOf(peer).questions.take(this.#now())) throw tooFast()
    this.tell(peer)
  }

  /** A peer's role is another now. */
  renew(peer: Peer): void {
    const states: AwarenessState[] = []
    for (const client of this.#conductOf(peer).clients) {
      const shown = this.#shown.get(client)
      if (shown?.state === undefined) continue
      shown.clock++
      states.push(stateOf(client, shown))
    }
    this.#tellOthers(peer, states)
  }

  /** A connection has ended: the others hear that what it showed is gone. */
  leave(peer: Peer): void {
    if (!this.#conduct.has(peer)) this.#takeUp(peer)
    this.#tellOthers(
      peer,
      [...this.#conductOf(peer).clients].map(client => this.#hide(peer, client))
    )
  }

  #takeUp(peer: Peer): void {
    const { clients } = this.#conductOf(peer)
    for (const [client, clock] of peer.awareness) {
      if (this.#shown.has(client)) continue
      this.#shown.set(client, { peer, clock, sent: undefined, state: undefined })
      clients.add(client)
    }
  }

  #isForeign(peer: Peer, client: number, authorOf: (client: number) => string | undefined): boolean {
    const { userId } = peer.identity
    const shown = this.#shown.get(client)
    if (shown === undefined) return (this.#ended.get(client)?.userId ?? authorOf(client) ?? userId) !== userId
    if (shown.peer === peer) return false
    // The same page, back before its old connection was found dead: once greeted, it may repeat what it heard.
    return shown.peer.identity.userId !== userId || peer.toldGeneration !== null
  }

  /** An answer, or a client that tells again what it told. */
  #isRepeated({ client, clock, json }: AwarenessState): boolean {
    const sent = this.#shown.get(client)?.sent
    return sent?.clock === clock && sent.json === json
  }

  /** @returns what the others hear of it, null where that is nothing */
  #show(peer: Peer, { client, clock, json }: AwarenessState): AwarenessState | null {
    const state = parseState(json)
    const { clients } = this.#conductOf(peer)
    if (state === null) return clients.has(client) ? this.#hide(peer, client) : null
    const known = this.#shown.get(client)
    if (known !== undefined && known.peer !== peer) this.#hide(known.peer, client)
    // Later by arrival, whatever its clock: nobody can set a clock so high that its owner is not heard again.
    const after = (known ?? this.#ended.get(client))?.clock ?? -1
    const shown: Shown = {
      peer,
      clock: Math.max(after + 1, Math.min(clock, LARGEST_CLOCK)),
      sent: { clock, json },
      state
    }
    this.#ended.delete(client)
    this.#shown.set(client, shown)
    clients.add(client)
    return stateOf(client, shown)
  }

  #hide(peer: Peer, client: number): AwarenessState {
    const clock = this.#shown.get(client)?.clock ?? 0
    this.#shown.delete(client)
    this.#conductOf(peer).clients.delete(client)
    this.#ended.set(client, { userId: peer.identity.userId, clock })
    const [oldest] = this.#ended.keys()
    if (this.#ended.size > MOST_REMEMBERED && oldest !== undefined) this.#ended.delete(oldest)
    return { client, clock, json: 'null' }
  }

  /** Once a sleep: what it answers is known from then on. */
  #ask(peer: Peer): void {
    const conduct = this.#conductOf(peer)
    if (conduct.asked) return
    conduct.asked = true
    conduct.echo = MAX_ECHO_BYTES
    peer.send(encodeQueryAwareness())
  }

  /** @throws {RefusedMessageError} */
  #count(peer: Peer, isNews: boolean, bytes: number): void {
    const conduct = this.#conductOf(peer)
    if (!isNews && bytes <= conduct.echo) {
      conduct.echo -= bytes
      return
    }
    if (!isNews && bytes > MAX_IDLE_BYTES) throw tooLarge('This awareness message is too large.')
    if (!(isNews ? conduct.news : conduct.idle).take(this.#now())) throw tooFast()
  }

  #conductOf(peer: Peer): Conduct {
    let conduct = this.#conduct.get(peer)
    if (conduct === undefined) {
      conduct = {
        clients: new Set(),
        news: createTokenBucket(NEWS),
        questions: createTokenBucket(QUESTIONS),
        idle: createTokenBucket(IDLE),
        echo: 0,
        asked: false
      }
      this.#conduct.set(peer, conduct)
    }
    return conduct
  }

  #tellOthers(peer: Peer, states: AwarenessState[]): void {
    if (states.length === 0) return
    // With the connection, as it has to outlive a sleep.
    peer.awareness = Array.from(this.#conductOf(peer).clients, client => [
      client,
      this.#shown.get(client)?.clock ?? 0
    ])
    const update = encodeStates(states)
    for (const other of this.#peers())
      if (other !== peer && other.toldGeneration !== null) this.#send(other, update)
  }

  #send(peer: Peer, update: Uint8Array): void {
    const conduct = this.#conductOf(peer)
    conduct.echo = Math.min(MAX_ECHO_BYTES, conduct.echo + update.length)
    peer.send(encodeAwareness(update))
  }
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

/** Who that is, is the session's word, not the client's. */
const stateOf = (client: number, { peer, clock, state }: Shown): AwarenessState => {
  const { userId: id, userName: name, role } = peer.identity
  return { client, clock, json: JSON.stringify({ ...state, user: { id, name, role } }) }
}
