import { decodeFrame } from '@foyer/sync/protocol'
import type { Peer, PeerIdentity } from '../../src/workspace/connection/peer.ts'
import { SendWindow } from '../../src/workspace/connection/send-window.ts'
import type { ModelDatabase } from './model-database.ts'
import type { Connection } from './network.ts'
import { covers, endsOf, type RunRecord } from './record.ts'

export interface ModelPeerOptions {
  connection: Connection
  identity: PeerIdentity
  record: RunRecord
  database: ModelDatabase
  /** Does its connection end at the newest instance? */
  isCurrent: () => boolean
}

/** A connection that checks everything that the engine sends: all of it has to be durable. */
export class ModelPeer implements Peer {
  identity: PeerIdentity
  skippedUpdates = 0
  awareness: Peer['awareness'] = []
  toldGeneration: number | null = null
  readonly window = new SendWindow()
  durableUpdates = 0
  /** The instance that it belonged to is gone. */
  dead = false
  readonly #options: ModelPeerOptions
  /**
   * What the connection's counted messages brought, in order; it outlives the instance as its
   * client does.
   */
  #counted: Map<number, number>[] = []
  #closed = false
  #saidHello = false

  constructor(options: ModelPeerOptions) {
    this.#options = options
    this.identity = options.identity
  }

  /**
   * What is left of it when the object sleeps: what is attached to its socket, and the socket's
   * state.
   */
  asleep(): ModelPeer {
    this.dead = true
    const woken = new ModelPeer({ ...this.#options, identity: this.identity })
    woken.durableUpdates = this.durableUpdates
    woken.skippedUpdates = this.skippedUpdates
    woken.awareness = this.awareness
    woken.#counted = this.#counted
    woken.toldGeneration = this.toldGeneration
    woken.#saidHello = this.#saidHello
    woken.#closed = this.#closed
    return woken
  }

  get isOpen(): boolean {
    return !this.dead && !this.#closed
  }

  send(message: Uint8Array): void {
    if (!this.isOpen) return
    this.#check(message)
    this.window.count(message.length)
    this.#options.connection.toClient(message.slice())
  }

  close(code: number): void {
    if (!this.isOpen) return
    this.#closed = true
    this.#options.connection.closeFromServer(code)
  }

  /** Notes what a message of the client has to have become when it is acknowledged. */
  heard(bytes: Uint8Array): void {
    const message = decodeFrame(bytes)
    if (message.type === 'missing' || message.type === 'update') this.#counted.push(endsOf(message.update))
  }

  #check(bytes: Uint8Array): void {
    const message = decodeFrame(bytes)
    const { record } = this.#options
    if (message.type === 'hello') this.#saidHello = true
    else if (!this.#saidHello && message.type !== 'notice') record.fault(`${message.type} before hello`)
    if (message.type === 'missing' || message.type === 'update') {
      if (!record.isDurable(message.update)) record.fault('something was sent before it was durable')
    } else if (message.type === 'ack') {
      const ends = this.#counted.slice(0, message.count)
      if (ends.length < message.count) record.fault('more was acknowledged than was sent')
      if (!ends.every(end => covers(record.durable, end))) record.fault('an acknowledged edit is not durable')
    } else if (message.type === 'usage') {
      for (const { itemId, lastUsedAt } of message.entries) this.#checkUsage(itemId, lastUsedAt)
    }
  }

  #checkUsage(itemId: string, lastUsedAt: number): void {
    const { record, database, isCurrent } = this.#options
    const durable = database.rows.usage.get(itemId) ?? 0
    if (lastUsedAt > durable) record.fault('a time of use was told before it was durable')
    // 0: there is no such item (any more).
    if (lastUsedAt > 0 && lastUsedAt < durable && isCurrent()) record.fault('last used fell')
  }
}
