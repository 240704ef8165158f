import type { Role } from '@foyer/access'
import { CLOSE } from '@foyer/sync/protocol'
import { DurableObject } from 'cloudflare:workers'
import { createDatabase } from '../database.ts'
import { createR2PictureStore } from '../pictures/r2-picture-store.ts'
import { parseSettings } from '../settings.ts'
import { AwarenessRelay } from './connection/awareness-relay.ts'
import { identityFromHeaders } from './connection/identity-headers.ts'
import { createLibsqlUpdateStore } from './storage/libsql-update-store.ts'
import { LiveCounts } from './usage/live-counts.ts'
import type { Peer, PeerIdentity } from './connection/peer.ts'
import { createPictureSweep } from './upkeep/picture-sweep.ts'
import { readStanding } from './connection/read-standing.ts'
import { SessionWatch } from './connection/session-watch.ts'
import { attachIdentity, socketPeer, type SocketPeer } from './connection/socket-peer.ts'
import { SyncEngine } from './engine/sync-engine.ts'

/** One workspace's Durable Object: accepts, resumes and closes its sockets. SyncEngine handles what they say. */
export class WorkspaceObject extends DurableObject<Env> {
  readonly #database = createDatabase(parseSettings(this.env), 'workspaces')
  readonly #peers = new Map<WebSocket, SocketPeer>()
  readonly #live = new LiveCounts(this.ctx.storage.kv)
  readonly #awareness: AwarenessRelay
  readonly #sessions = new SessionWatch({
    peers: () => this.#peers.values(),
    look: (workspaceId, sessionIds, now) => readStanding(this.#database, workspaceId, sessionIds, now),
    disconnect: (peer, code, reason) => {
      this.#disconnect(peer, code, reason)
    },
    onChange: ({ identity }, { role, userName, endsAt }) => {
      for (const peer of this.#peers.values()) {
        if (peer.identity === identity) this.#change(peer, { role, userName, sessionEndsAt: endsAt })
      }
    }
  })
  /** When the alarm rings, as far as this instance knows. */
  #alarmAt: number | null = null
  #engine: SyncEngine | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    for (const socket of ctx.getWebSockets()) {
      const peer = socketPeer(socket)
      this.#peers.set(socket, peer)
      if (peer.toldGeneration === null) peer.close(CLOSE.restarting, 'nobody was there to greet it')
    }
    this.#awareness = new AwarenessRelay(() => this.#peers.values())
  }

  /** Reached from the Worker alone, which has established who is asking. */
  override fetch(request: Request): Response {
    const identity = identityFromHeaders(request.headers)
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    attachIdentity(server, identity)
    const peer = socketPeer(server)
    this.#peers.set(server, peer)
    // It may have ended while the connection was on its way here.
    if (this.#sessions.opened(identity)) this.ctx.waitUntil(this.#engineFor(identity).open(peer))
    else this.#disconnect(peer, CLOSE.signedOut, 'signed out')
    this.ctx.waitUntil(this.#wakeLater())
    return new Response(null, { status: 101, webSocket: client })
  }

  override webSocketMessage(socket: WebSocket, message: ArrayBuffer | string): void {
    const peer = this.#peers.get(socket)
    if (peer === undefined) return
    if (typeof message === 'string') {
      this.#disconnect(peer, CLOSE.malformed, 'messages are binary')
      return
    }
    if (this.#sessions.said()) this.ctx.waitUntil(this.#wakeLater())
    // Not returned: the socket's next message is to join this one's commit, not wait for it.
    this.ctx.waitUntil(this.#engineFor(peer.identity).receive(peer, new Uint8Array(message)))
  }

  override webSocketClose(socket: WebSocket): void {
    this.#leave(socket)
  }

  override webSocketError(socket: WebSocket): void {
    this.#leave(socket)
  }

  /** A person's role has changed, or they are no longer a member (null): their open sockets know at once. */
  membershipChanged(userId: string, role: Role | null): void {
    for (const peer of this.#peers.values()) {
      if (peer.identity.userId !== userId) continue
      if (role === null) this.#disconnect(peer, CLOSE.notAMember, 'no longer a member of this workspace')
      else this.#change(peer, { role })
    }
  }

  /** A session has ended: its open sockets end at once. Others may have ended with it. */
  sessionEnded(sessionId: string): void {
    this.#sessions.end(sessionId)
    this.ctx.waitUntil(this.#sessions.look())
  }

  /** A meeting's word: so many people are in the item now. What it does not renew counts as 0 after a while (S29). */
  async setLive(itemId: string, people: number): Promise<void> {
    const engine = this.#engine ?? this.#engineForAnyone()
    if (engine === null) this.#live.set(itemId, people)
    else await engine.setLive(itemId, people)
    await this.#wakeLater()
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null
    const ended = this.#live.expire()
    if (ended.length > 0) await this.#engineForAnyone()?.tellLive(ended)
    await this.#sessions.lookIfDue()
    await this.#wakeLater()
  }

  /** The alarm rings for what is due first: a count of people or a session that ends. */
  async #wakeLater(): Promise<void> {
    const at = Math.min(this.#live.nextEnd ?? Infinity, this.#sessions.nextAt ?? Infinity)
    if (at === Infinity || at === this.#alarmAt) return
    this.#alarmAt = at
    await this.ctx.storage.setAlarm(at)
  }

  #disconnect(peer: Peer, code: number, reason: string): void {
    if (this.#engine !== null) this.#engine.disconnect(peer, code, reason)
    else {
      peer.close(code, reason)
      this.#awareness.leave(peer)
    }
  }

  #change(peer: SocketPeer, changes: Partial<PeerIdentity>): void {
    const { role, userName } = peer.identity
    peer.change(changes)
    if (peer.identity.role === role && peer.identity.userName === userName) return
    this.#awareness.renew(peer)
    // A new hello tells it of its role.
    if (peer.identity.role !== role) this.ctx.waitUntil(this.#engineFor(peer.identity).open(peer))
  }

  #leave(socket: WebSocket): void {
    // An object that wakes by this is not shown the socket any more.
    const peer = this.#peers.get(socket) ?? socketPeer(socket)
    this.#peers.delete(socket)
    this.#awareness.leave(peer)
  }

  /** Null where nobody is connected: then nothing has to be loaded, as nobody is told. */
  #engineForAnyone(): SyncEngine | null {
    const [peer] = this.#peers.values()
    return peer === undefined ? null : this.#engineFor(peer.identity)
  }

  #engineFor({ workspaceId }: PeerIdentity): SyncEngine {
    if (this.#engine === null) {
      const document = { database: this.#database, workspaceId, owner: crypto.randomUUID() }
      const engine: SyncEngine = new SyncEngine({
        store: createLibsqlUpdateStore(document),
        sweep: createPictureSweep({
          ...document,
          pictures: createR2PictureStore(this.env.PICTURES),
          storage: this.ctx.storage.kv
        }),
        peers: () => this.#peers.values(),
        live: this.#live,
        awareness: this.#awareness,
        onEnd: () => {
          if (this.#engine === engine) this.#engine = null
        }
      })
      this.#engine = engine
    }
    return this.#engine
  }
}
