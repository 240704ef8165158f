import { encodeAck, encodeNotice, encodeUsage, type Notice } from '@foyer/sync/protocol'
import type { AwarenessRelay } from '../connection/awareness-relay.ts'
import type { Peer } from '../connection/peer.ts'
import type { RefusedFrameError } from '../update/refused-frame-error.ts'
import type { UsageChanges, UsageRegister } from '../usage/usage-register.ts'

/** Sends to everybody who is connected to a workspace. */
export class Broadcaster {
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

  /** @param except the sender, which has it already */
  broadcast(message: Uint8Array, except: Peer | null = null): void {
    for (const peer of this.#peers()) if (peer !== except && peer.toldGeneration !== null) peer.send(message)
  }

  /** Acknowledges the updates that are durable. */
  acknowledge(peers: Iterable<Peer>): void {
    for (const peer of new Set(peers)) if (peer.identity.extended) peer.send(encodeAck(peer.durableUpdates))
  }

  notify(peer: Peer, notice: Notice): void {
    if (peer.identity.extended) peer.send(encodeNotice(notice))
  }

  /** Sends a notice with the reason and ends the connection. */
  refuse(peer: Peer, { closeCode, noticeCode, message }: RefusedFrameError): void {
    this.notify(peer, { code: noticeCode })
    this.disconnect(peer, closeCode, message)
  }

  /** Ends a connection: drops what is still queued from it and removes its awareness. */
  disconnect(peer: Peer, closeCode: number, reason: string): void {
    this.#refused.add(peer)
    peer.close(closeCode, reason)
    this.awareness.remove(peer)
  }

  /** True after `disconnect`: messages still in flight from this peer are ignored. */
  isDisconnected(peer: Peer): boolean {
    return this.#refused.has(peer)
  }

  /** Sends raised times to everybody, and to each reporter the entries it reported. */
  sendUsage(usage: UsageRegister, { changed, answers }: UsageChanges): void {
    for (const peer of this.#peers()) {
      this.#sendEntries(peer, usage, new Set([...changed.keys(), ...(answers.get(peer) ?? [])]))
    }
  }

  /** Sends changed live counts to everybody. */
  sendLiveCounts(usage: UsageRegister, itemIds: ReadonlySet<string>): void {
    for (const peer of this.#peers()) this.#sendEntries(peer, usage, itemIds)
  }

  #sendEntries(peer: Peer, usage: UsageRegister, itemIds: ReadonlySet<string>): void {
    if (itemIds.size > 0 && peer.identity.extended && peer.toldGeneration !== null) {
      peer.send(encodeUsage(usage.entries(itemIds)))
    }
  }

  close(code: number, reason: string): void {
    for (const peer of this.#peers()) peer.close(code, reason)
  }
}
