import {
  encodeAck,
  encodeAwareness,
  encodeNotice,
  encodeQueryAwareness,
  encodeUsage
} from '@foyer/sync/protocol'
import { createAwarenessRelay } from './awareness-relay.ts'
import type { Peer } from './peer.ts'
import { RefusedMessageError } from './refused-message-error.ts'
import type { UsageNews, UsageRegister } from './usage-register.ts'

/** Everybody who is connected to a room, and what they are told. */
export class Audience {
  readonly #peers: () => Iterable<Peer>
  readonly #awareness = createAwarenessRelay()
  readonly #refused = new WeakSet<Peer>()

  constructor(peers: () => Iterable<Peer>) {
    this.#peers = peers
  }

  /** @param except needs no telling: it is where this comes from */
  broadcast(message: Uint8Array, except: Peer | null = null): void {
    for (const peer of this.#peers()) if (peer !== except && peer.greeted) peer.send(message)
  }

  /** Tells a peer how many of its updates are durable by now. */
  acknowledge(peers: Iterable<Peer>): void {
    for (const peer of new Set(peers)) if (peer.identity.extended) peer.send(encodeAck(peer.durableUpdates))
  }

  notify(peer: Peer, code: string, message: string): void {
    if (peer.identity.extended) peer.send(encodeNotice({ code, message }))
  }

  /** Names what is wrong and ends the connection. */
  refuse(peer: Peer, { closeCode, noticeCode, message }: RefusedMessageError): void {
    this.#refused.add(peer)
    this.notify(peer, noticeCode, message)
    peer.close(closeCode, message)
  }

  /** What such a peer still has on its way in is not taken. */
  isRefused(peer: Peer): boolean {
    return this.#refused.has(peer)
  }

  /** What rose goes to everybody; who told of an item hears of it even where nothing rose. */
  tellUsage(usage: UsageRegister, { changed, answers }: UsageNews): void {
    for (const peer of this.#peers()) {
      this.#tellEntries(peer, usage, new Set([...changed.keys(), ...(answers.get(peer) ?? [])]))
    }
  }

  /** How many people are in these items has changed. */
  tellLive(usage: UsageRegister, itemIds: ReadonlySet<string>): void {
    for (const peer of this.#peers()) this.#tellEntries(peer, usage, itemIds)
  }

  #tellEntries(peer: Peer, usage: UsageRegister, itemIds: ReadonlySet<string>): void {
    if (itemIds.size > 0 && peer.identity.extended && peer.greeted) {
      peer.send(encodeUsage(usage.entries(itemIds)))
    }
  }

  askForAwareness(newcomer: Peer): void {
    this.broadcast(encodeQueryAwareness(), newcomer)
  }

  relayAwareness(peer: Peer, update: Uint8Array): void {
    try {
      const { relayed, leftOut } = this.#awareness.take(peer, update)
      if (relayed !== null) this.broadcast(encodeAwareness(relayed), peer)
      if (leftOut) this.notify(peer, 'foreign-awareness', 'Nobody can show themselves as another.')
    } catch (error) {
      if (!(error instanceof RefusedMessageError)) throw error
      this.refuse(peer, error)
    }
  }

  leave(peer: Peer): void {
    const goodbye = this.#awareness.leave(peer)
    if (goodbye !== null) this.broadcast(encodeAwareness(goodbye), peer)
  }

  close(code: number, reason: string): void {
    for (const peer of this.#peers()) peer.close(code, reason)
  }
}
