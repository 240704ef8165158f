import { encodeAck, encodeNotice, encodeUsage } from '@foyer/sync/protocol'
import type { AwarenessRelay } from '../connection/awareness-relay.ts'
import type { Peer } from '../connection/peer.ts'
import type { RefusedMessageError } from '../update/refused-message-error.ts'
import type { UsageNews, UsageRegister } from '../usage/usage-register.ts'

/** Everybody who is connected to a workspace, and what they are told. */
export class Audience {
  readonly #peers: () => Iterable<Peer>
  readonly awareness: AwarenessRelay
  readonly #refused = new WeakSet<Peer>()

  constructor(peers: () => Iterable<Peer>, awareness: AwarenessRelay) {
    this.#peers = peers
    this.awareness = awareness
  }

  [Symbol.iterator](): Iterator<Peer> {
    return this.#peers()[Symbol.iterator]()
  }

  /** @param except needs no telling: it is where this comes from */
  broadcast(message: Uint8Array, except: Peer | null = null): void {
    for (const peer of this.#peers()) if (peer !== except && peer.toldGeneration !== null) peer.send(message)
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
    this.notify(peer, noticeCode, message)
    this.shutOut(peer, closeCode, message)
  }

  /** Ends the connection of a peer; nothing more of it is taken, and the others see that it is gone. */
  shutOut(peer: Peer, closeCode: number, reason: string): void {
    this.#refused.add(peer)
    peer.close(closeCode, reason)
    this.awareness.leave(peer)
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
    if (itemIds.size > 0 && peer.identity.extended && peer.toldGeneration !== null) {
      peer.send(encodeUsage(usage.entries(itemIds)))
    }
  }

  close(code: number, reason: string): void {
    for (const peer of this.#peers()) peer.close(code, reason)
  }
}
