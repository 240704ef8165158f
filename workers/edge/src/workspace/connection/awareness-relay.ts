import { encodeAwareness, encodeQueryAwareness } from '@foyer/sync/protocol'
import { decodeStates, encodeStates, parseState, type AwarenessState } from './awareness-states.ts'
import type { Peer } from './peer.ts'
import { createTokenBucket, type TokenBucket } from './token-bucket.ts'
import { tooFast, tooLarge } from '../update/refused-frame-error.ts'

/** Largest state, in bytes of its JSON. */
const MAX_STATE_BYTES = 2 * 1024
/** Awareness clients of one connection. */
const MAX_CLIENTS = 8
/** Keeps a message far below the largest frame. */
const STATES_IN_A_MESSAGE = 100
/** Enough for a cursor that moves 50 times a second. */
const CHANGE_RATE = { perSecond: 50, burst: 500 }
/** One answer holds all states. */
const QUERY_RATE = { perSecond: 1, burst: 20 }
/** Messages without news that are no echo: mostly removals after a timeout. */
const REPEAT_RATE = { perSecond: 20, burst: 200 }
/** Bytes sent to a peer that it may echo for free. */
const MAX_ECHO_BYTES = 4 * 1024 * 1024
/** Largest message without news that is no echo: removals of everybody. */
const MAX_REPEAT_BYTES = 64 * 1024
/** Never reached: a client's clock rises by one with each change. */
const MAX_CLOCK = 2 ** 32 - 1
/** Clients of ended connections that stay reserved for their user. */
const MAX_ENDED_KEPT = 10_000

interface ClientState {
  peer: Peer
  /** As broadcast. */
  clock: number
  /** As its client sent it last; undefined after hibernation. */
  sent: Pick<AwarenessState, 'clock' | 'json'> | undefined
  /** Undefined after hibernation, until its client has answered a query. */
  state: Record<string, unknown> | undefined
}

/** A client whose connection has ended. */
interface EndedClient {
  userId: string
  clock: number
}

interface PeerRecord {
  /** The awareness clients that it owns. */
  clients: Set<number>
  news: TokenBucket
  questions: TokenBucket
  idle: TokenBucket
  /** Bytes sent to it that it may echo. */
  echo: number
  /** A query for its states was sent; there is no second one. */
  queried: boolean
}

/** Why a state of a message was skipped. */
export type SkippedReason = 'foreign-awareness' | 'awareness-too-large' | 'too-many-awareness-clients'

/**
 * Relays awareness states. A client belongs to the connection that sent it first, and to its user
 * after that. States are rebuilt here with the user of the session.
 *
 * Stock clients echo every state they receive. Echoes are skipped and cost nothing: otherwise one
 * person's activity would count against everybody's rate.
 */
export class AwarenessRelay {
  readonly #peers: () => Iterable<Peer>
  readonly #now: () => number
  readonly #shown = new Map<number, ClientState>()
  readonly #ended = new Map<number, EndedClient>()
  readonly #records = new WeakMap<Peer, PeerRecord>()

  /** @param peers the open connections, also those from before hibernation */
  constructor(peers: () => Iterable<Peer>, now: () => number = Date.now) {
    this.#peers = peers
    this.#now = now
    for (const peer of peers()) this.#restore(peer)
  }

  /**
   * @param update as y-protocols encodes it
   * @param authorOf the user of a Yjs client in the document: nobody else may use its id
   * @returns why states were skipped
   * @throws {RefusedFrameError}
   */
  receive(
    peer: Peer,
    update: Uint8Array,
    authorOf: (client: number) => string | undefined
  ): Set<SkippedReason> {
    const skipped = new Set<SkippedReason>()
    const news = new Map<number, AwarenessState>()
    const { clients } = this.#recordOf(peer)
    for (const sent of decodeStates(update)) {
      const { client } = sent
      if (this.#isForeign(peer, client, authorOf)) skipped.add('foreign-awareness')
      else if (byteLength(sent.json) > MAX_STATE_BYTES) skipped.add('awareness-too-large')
      else if (!clients.has(client) && clients.size >= MAX_CLIENTS) skipped.add('too-many-awareness-clients')
      else if (!this.#isRepeated(sent)) {
        const state = this.#show(peer, sent)
        if (state !== null) news.set(client, state)
      }
    }
    this.#charge(peer, news.size > 0, update.length)
    this.#broadcast(peer, [...news.values()])
    return skipped
  }

  /** Sends everybody else's states to a peer. */
  sendAll(peer: Peer): void {
    const states: AwarenessState[] = []
    for (const [client, shown] of this.#shown) {
      if (shown.peer === peer) continue
      if (shown.state === undefined) this.#query(shown.peer)
      else states.push(stateOf(client, shown))
    }
    // In messages small enough for a stock client to echo.
    for (let at = 0; at < states.length; at += STATES_IN_A_MESSAGE) {
      this.#send(peer, encodeStates(states.slice(at, at + STATES_IN_A_MESSAGE)))
    }
  }

  /** Answers a query. @throws {RefusedFrameError} */
  answer(peer: Peer): void {
    if (!this.#recordOf(peer).questions.take(this.#now())) throw tooFast()
    this.sendAll(peer)
  }

  /** Sends a peer's states again, with its new role or name. */
  rebroadcast(peer: Peer): void {
    const states: AwarenessState[] = []
    for (const client of this.#recordOf(peer).clients) {
      const shown = this.#shown.get(client)
      if (shown?.state === undefined) continue
      shown.clock++
      states.push(stateOf(client, shown))
    }
    this.#broadcast(peer, states)
  }

  /** Broadcasts that the clients of an ended connection are gone. */
  remove(peer: Peer): void {
    if (!this.#records.has(peer)) this.#restore(peer)
    this.#broadcast(
      peer,
      [...this.#recordOf(peer).clients].map(client => this.#hide(peer, client))
    )
  }

  #restore(peer: Peer): void {
    const { clients } = this.#recordOf(peer)
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
    // Same page, reconnected before its old connection timed out. Once greeted, it may only echo.
    return shown.peer.identity.userId !== userId || peer.toldGeneration !== null
  }

  /** An echo, or a client that sends its state again. */
  #isRepeated({ client, clock, json }: AwarenessState): boolean {
    const sent = this.#shown.get(client)?.sent
    return sent?.clock === clock && sent.json === json
  }

  /** @returns the state to broadcast, or null */
  #show(peer: Peer, { client, clock, json }: AwarenessState): AwarenessState | null {
    const state = parseState(json)
    const { clients } = this.#recordOf(peer)
    if (state === null) return clients.has(client) ? this.#hide(peer, client) : null
    const known = this.#shown.get(client)
    if (known !== undefined && known.peer !== peer) this.#hide(known.peer, client)
    // Ordered by arrival: a forged high clock cannot silence the owner of a client.
    const after = (known ?? this.#ended.get(client))?.clock ?? -1
    const shown: ClientState = {
      peer,
      clock: Math.max(after + 1, Math.min(clock, MAX_CLOCK)),
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
    this.#recordOf(peer).clients.delete(client)
    this.#ended.set(client, { userId: peer.identity.userId, clock })
    const [oldest] = this.#ended.keys()
    if (this.#ended.size > MAX_ENDED_KEPT && oldest !== undefined) this.#ended.delete(oldest)
    return { client, clock, json: 'null' }
  }

  /** At most once after hibernation. */
  #query(peer: Peer): void {
    const record = this.#recordOf(peer)
    if (record.queried) return
    record.queried = true
    record.echo = MAX_ECHO_BYTES
    peer.send(encodeQueryAwareness())
  }

  /** @throws {RefusedFrameError} */
  #charge(peer: Peer, isNews: boolean, bytes: number): void {
    const record = this.#recordOf(peer)
    if (!isNews && bytes <= record.echo) {
      record.echo -= bytes
      return
    }
    if (!isNews && bytes > MAX_REPEAT_BYTES) throw tooLarge('This awareness message is too large.')
    if (!(isNews ? record.news : record.idle).take(this.#now())) throw tooFast()
  }

  #recordOf(peer: Peer): PeerRecord {
    let record = this.#records.get(peer)
    if (record === undefined) {
      record = {
        clients: new Set(),
        news: createTokenBucket(CHANGE_RATE),
        questions: createTokenBucket(QUERY_RATE),
        idle: createTokenBucket(REPEAT_RATE),
        echo: 0,
        queried: false
      }
      this.#records.set(peer, record)
    }
    return record
  }

  #broadcast(peer: Peer, states: AwarenessState[]): void {
    if (states.length === 0) return
    // Stored with the connection, to survive hibernation.
    peer.awareness = Array.from(this.#recordOf(peer).clients, client => [
      client,
      this.#shown.get(client)?.clock ?? 0
    ])
    const update = encodeStates(states)
    for (const other of this.#peers())
      if (other !== peer && other.toldGeneration !== null) this.#send(other, update)
  }

  #send(peer: Peer, update: Uint8Array): void {
    const record = this.#recordOf(peer)
    record.echo = Math.min(MAX_ECHO_BYTES, record.echo + update.length)
    peer.send(encodeAwareness(update))
  }
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

/** The user comes from the session, not from the client. */
const stateOf = (client: number, { peer, clock, state }: ClientState): AwarenessState => {
  const { userId: id, userName: name, role } = peer.identity
  return { client, clock, json: JSON.stringify({ ...state, user: { id, name, role } }) }
}
