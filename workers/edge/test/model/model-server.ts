import type { Role } from '@foyer/access'
import { CLOSE, PROTOCOL_VERSION } from '@foyer/sync/protocol'
import { AwarenessRelay } from '../../src/workspace/connection/awareness-relay.ts'
import { LiveCounts } from '../../src/workspace/usage/live-counts.ts'
import { SyncEngine } from '../../src/workspace/engine/sync-engine.ts'
import { createMemoryKeyValues } from '../memory-key-values.ts'
import type { ModelDatabase } from './model-database.ts'
import { ModelPeer } from './model-peer.ts'
import type { Connection, ServerEnd } from './network.ts'
import type { RunRecord } from './record.ts'
import type { VirtualTime } from './virtual-time.ts'

/** How long the platform lets an instance live on beside the one that has followed it, ms. */
const STALE_FOR_MS = 30_000

/** One life of the workspace's Durable Object. */
interface Instance {
  alive: boolean
  /** Messages and newcomers that are being worked on. */
  busy: number
  readonly peers: Map<Connection, ModelPeer>
  readonly awareness: AwarenessRelay
  engine: SyncEngine | null
}

export interface ModelServerOptions {
  time: VirtualTime
  record: RunRecord
  database: ModelDatabase
  /** Whose a device is. */
  userOf: (host: string) => string
}

/**
 * What the Worker and its Durable Object do around an engine: let people in, sleep, be killed, be
 * followed.
 */
export class ModelServer {
  readonly roles = new Map<string, Role>()
  readonly #options: ModelServerOptions
  #instance = newInstance()
  #instances = 0
  /** The instance that a connection ends at. */
  readonly #homes = new Map<Connection, Instance>()

  constructor(options: ModelServerOptions) {
    this.#options = options
  }

  readonly accept = (connection: Connection): ServerEnd => {
    let isClosed = false
    // The membership is read from the database first.
    this.#options.time.after(10, () => {
      if (!isClosed) this.#letIn(connection)
    })
    return {
      receive: data => {
        const home = this.#homes.get(connection)
        const peer = home?.peers.get(connection)
        if (home?.alive !== true || peer === undefined) return
        if (data === 'ping') connection.toClient('pong') // without waking the object
        if (typeof data === 'string') return
        peer.heard(data)
        this.#work(home, engine => engine.receive(peer, data))
      },
      closed: () => {
        isClosed = true
        const home = this.#homes.get(connection)
        const peer = home?.peers.get(connection)
        this.#homes.delete(connection)
        home?.peers.delete(connection)
        if (home?.alive === true && peer !== undefined) home.awareness.remove(peer)
      }
    }
  }

  /** Every connection is lost, and with it all that the object had not yet written. */
  kill(instance = this.#instance): void {
    instance.alive = false
    for (const [connection, peer] of instance.peers) {
      peer.dead = true
      connection.drop()
    }
    if (instance === this.#instance) this.#instance = newInstance()
  }

  /** The platform moves the object while the old one does not know of it yet. */
  follow(): void {
    const stale = this.#instance
    this.#instance = newInstance()
    this.#options.time.after(STALE_FOR_MS, () => {
      if (stale.alive) this.kill(stale)
    })
  }

  /** The object goes to sleep, its sockets stay: only what is attached to them is left. */
  hibernate(): void {
    const asleep = this.#instance
    if (asleep.busy > 0) return // it sleeps only when there is nothing to do
    asleep.alive = false
    this.#instance = newInstance()
    for (const [connection, peer] of asleep.peers) {
      this.#instance.peers.set(connection, peer.asleep())
      this.#homes.set(connection, this.#instance)
    }
  }

  /** @param role null: no member any more */
  changeRole(userId: string, role: Role | null): void {
    if (role === null) this.roles.delete(userId)
    else this.roles.set(userId, role)
    const { record, time } = this.#options
    if (role === 'member') record.readers.delete(userId)
    else if (!record.readers.has(userId)) record.readers.set(userId, time.now)
    const instance = this.#instance
    for (const [connection, peer] of instance.peers) {
      if (peer.identity.userId !== userId) continue
      if (role === null) {
        peer.close(CLOSE.notAMember)
        instance.peers.delete(connection)
        instance.awareness.remove(peer)
      } else {
        peer.identity = { ...peer.identity, role }
        this.#work(instance, engine => engine.open(peer))
      }
    }
  }

  #letIn(connection: Connection): void {
    const { record, database, userOf } = this.#options
    const { hostname, searchParams } = connection.url
    const userId = userOf(hostname)
    const role = this.roles.get(userId)
    connection.open()
    if (database.isOutOfReach) connection.closeFromServer(CLOSE.tryLater)
    else if (role === undefined) connection.closeFromServer(CLOSE.notAMember)
    else {
      const instance = this.#instance
      const generation = searchParams.get('generation')
      const identity = {
        workspaceId: 'w',
        userId,
        userName: userId,
        role,
        sessionId: userId,
        sessionEndsAt: Infinity,
        extended: searchParams.get('protocol') === String(PROTOCOL_VERSION),
        generation: generation === null ? null : Number(generation)
      }
      const isCurrent = () => this.#instance.peers.has(connection)
      const peer = new ModelPeer({ connection, identity, record, database, isCurrent })
      instance.peers.set(connection, peer)
      this.#homes.set(connection, instance)
      this.#work(instance, engine => engine.open(peer))
    }
  }

  #work(instance: Instance, task: (engine: SyncEngine) => Promise<void>): void {
    instance.busy++
    void task(this.#engineOf(instance)).finally(() => {
      instance.busy--
    })
  }

  #engineOf(instance: Instance): SyncEngine {
    if (instance.engine !== null) return instance.engine
    const { time, database } = this.#options
    const engine: SyncEngine = new SyncEngine({
      store: database.openStore(`instance ${this.#instances++}`, instance),
      peers: () => instance.peers.values(),
      live: new LiveCounts(createMemoryKeyValues(), () => time.now),
      awareness: instance.awareness,
      onEnd: () => {
        if (instance.engine === engine) instance.engine = null
      },
      now: () => time.now
    })
    instance.engine = engine
    return engine
  }
}

const newInstance = (): Instance => {
  const peers: Instance['peers'] = new Map()
  return { alive: true, busy: 0, peers, awareness: new AwarenessRelay(() => peers.values()), engine: null }
}
