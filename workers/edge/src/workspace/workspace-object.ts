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
import { readSessionStates } from './connection/read-session-states.ts'
import { SessionWatch } from './connection/session-watch.ts'
import { attachIdentity, socketPeer, type SocketPeer } from './connection/socket-peer.ts'
import { SyncEngine } from './engine/sync-engine.ts'

/**
 * One workspace's Durable Object: accepts, resumes and closes sockets. SyncEngine handles their
 * messages.
 */
export class WorkspaceObject extends DurableObject<Env> {
  readonly #database = createDatabase(parseSettings(this.env), 'workspaces')
  readonly #peers = new Map<WebSocket, SocketPeer>()
  readonly #live = new LiveCounts(this.ctx.storage.kv)
  readonly #awareness: AwarenessRelay
  readonly #sessions = new SessionWatch({
    peers: () => this.#peers.values(),
    lookUp: (workspaceId, sessionIds, now) => readSessionStates(this.#database, workspaceId, sessionIds, now),
    disconnect: (peer, code, reason) => {
      this.#disconnect(peer, code, reason)
    },
    onChange: ({ identity }, { role, userName, endsAt }) => {
      for (const peer of this.#peers.values()) {
        if (peer.identity === identity) this.#updateIdentity(peer, { role, userName, sessionEndsAt: endsAt })
      }
    }
  })
  /** The alarm that this instance has set. */
  #alarmAt: number | null = null
  #engine: SyncEngine | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    for (const socket of ctx.getWebSockets()) {
      const peer = socketPeer(socket)
      this.#peers.set(socket, peer)
      if (peer.toldGeneration === null) peer.close(CLOSE.restarting, 'hibernated before hello')
    }
    this.#awareness = new AwarenessRelay(() => this.#peers.values())
  }

  /** Only the Worker can call this, after authentication. */
  override fetch(request: Request): Response {
    const identity = identityFromHeaders(request.headers)
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    attachIdentity(server, identity)
    const peer = socketPeer(server)
    this.#peers.set(server, peer)
    // The session may have ended since the Worker checked it.
    if (this.#sessions.opened(identity)) this.ctx.waitUntil(this.#engineFor(identity).open(peer))
    else this.#disconnect(peer, CLOSE.signedOut, 'signed out')
    this.ctx.waitUntil(this.#scheduleAlarm())
    return new Response(null, { status: 101, webSocket: client })
  }

  override webSocketMessage(socket: WebSocket, message: ArrayBuffer | string): void {
    const peer = this.#peers.get(socket)
    if (peer === undefined) return
    if (typeof message === 'string') {
      this.#disconnect(peer, CLOSE.malformed, 'messages are binary')
      return
    }
    if (this.#sessions.noteActivity()) this.ctx.waitUntil(this.#scheduleAlarm())
    // Not awaited: the socket's next message should join the same commit.
    this.ctx.waitUntil(this.#engineFor(peer.identity).receive(peer, new Uint8Array(message)))
  }

  override webSocketClose(socket: WebSocket): void {
    this.#removeSocket(socket)
  }

  override webSocketError(socket: WebSocket): void {
    this.#removeSocket(socket)
  }

  /** Applies a changed role to a person's open sockets; null for a removed member. */
  membershipChanged(userId: string, role: Role | null): void {
    for (const peer of this.#peers.values()) {
      if (peer.identity.userId !== userId) continue
      if (role === null) this.#disconnect(peer, CLOSE.notAMember, 'no longer a member of this workspace')
      else this.#updateIdentity(peer, { role })
    }
  }

  /** Ends a session's sockets. Other sessions may have ended with it, so all are looked up. */
  sessionEnded(sessionId: string): void {
    this.#sessions.end(sessionId)
    this.ctx.waitUntil(this.#sessions.lookUp())
  }

  /** Called by a meeting. A count that it does not renew expires (S29). */
  async setLive(itemId: string, people: number): Promise<void> {
    const engine = this.#engine ?? this.#engineIfConnected()
    if (engine === null) this.#live.set(itemId, people)
    else await engine.setLive(itemId, people)
    await this.#scheduleAlarm()
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null
    const ended = this.#live.expire()
    if (ended.length > 0) await this.#engineIfConnected()?.tellLive(ended)
    await this.#sessions.lookUpIfDue()
    await this.#scheduleAlarm()
  }

  /** Sets the alarm for the next live count or session to expire. */
  async #scheduleAlarm(): Promise<void> {
    const at = Math.min(this.#live.nextEnd ?? Infinity, this.#sessions.nextAt ?? Infinity)
    if (at === Infinity || at === this.#alarmAt) return
    this.#alarmAt = at
    await this.ctx.storage.setAlarm(at)
  }

  #disconnect(peer: Peer, code: number, reason: string): void {
    if (this.#engine !== null) this.#engine.disconnect(peer, code, reason)
    else {
      peer.close(code, reason)
      this.#awareness.remove(peer)
    }
  }

  #updateIdentity(peer: SocketPeer, changes: Partial<PeerIdentity>): void {
    const { role, userName } = peer.identity
    peer.change(changes)
    if (peer.identity.role === role && peer.identity.userName === userName) return
    this.#awareness.rebroadcast(peer)
    // Sends a new hello, with the role.
    if (peer.identity.role !== role) this.ctx.waitUntil(this.#engineFor(peer.identity).open(peer))
  }

  #removeSocket(socket: WebSocket): void {
    // If this event wakes the object, getWebSockets() no longer lists the socket.
    const peer = this.#peers.get(socket) ?? socketPeer(socket)
    this.#peers.delete(socket)
    this.#awareness.remove(peer)
  }

  /** Null without connections: then there is no need to load the document. */
  #engineIfConnected(): SyncEngine | null {
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
