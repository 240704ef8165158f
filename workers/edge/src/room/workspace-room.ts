import { CLOSE } from '@foyer/sync/protocol'
import { DurableObject } from 'cloudflare:workers'
import { createDatabase } from '../database.ts'
import { createR2PictureStore } from '../pictures/r2-picture-store.ts'
import { parseSettings } from '../settings.ts'
import { AwarenessRelay } from './awareness-relay.ts'
import { identityFromHeaders } from './identity-headers.ts'
import { createLibsqlUpdateStore } from './libsql-update-store.ts'
import { LiveCounts } from './live-counts.ts'
import type { Peer, PeerIdentity } from './peer.ts'
import { createPictureSweep } from './picture-sweep.ts'
import { SendWindow } from './send-window.ts'
import { SyncRoom } from './sync-room.ts'

/** What a socket keeps while this object sleeps. */
type Attachment = PeerIdentity & Pick<Peer, 'durableUpdates' | 'skippedUpdates' | 'awareness'>

/** One workspace's Durable Object: accepts, resumes and closes its sockets. What they say is SyncRoom's. */
export class WorkspaceRoom extends DurableObject<Env> {
  readonly #database = createDatabase(parseSettings(this.env), 'rooms')
  readonly #peers = new Map<WebSocket, SocketPeer>()
  readonly #live = new LiveCounts(this.ctx.storage.kv)
  readonly #awareness: AwarenessRelay
  #room: SyncRoom | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    for (const socket of ctx.getWebSockets()) this.#peers.set(socket, socketPeer(socket, true))
    this.#awareness = new AwarenessRelay(() => this.#peers.values())
  }

  /** Reached from the Worker alone, which has established who is asking. */
  override fetch(request: Request): Response {
    const identity = identityFromHeaders(request.headers)
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    const attachment: Attachment = { ...identity, durableUpdates: 0, skippedUpdates: 0, awareness: [] }
    server.serializeAttachment(attachment)
    const peer = socketPeer(server, false)
    this.#peers.set(server, peer)
    this.ctx.waitUntil(this.#roomOf(identity).open(peer))
    return new Response(null, { status: 101, webSocket: client })
  }

  override webSocketMessage(socket: WebSocket, message: ArrayBuffer | string): void {
    const peer = this.#peers.get(socket)
    if (peer === undefined) return
    if (typeof message === 'string') {
      peer.close(CLOSE.malformed, 'messages are binary')
      return
    }
    // Not returned: the socket's next message is to join this one's commit, not wait for it.
    this.ctx.waitUntil(this.#roomOf(peer.identity).receive(peer, new Uint8Array(message)))
  }

  override webSocketClose(socket: WebSocket): void {
    this.#leave(socket)
  }

  override webSocketError(socket: WebSocket): void {
    this.#leave(socket)
  }

  /** A person's role has changed, or they are no longer a member (null): their open sockets know at once. */
  membershipChanged(userId: string, role: string | null): void {
    for (const [socket, peer] of this.#peers) {
      if (peer.identity.userId !== userId) continue
      if (role === null) {
        peer.close(CLOSE.notAMember, 'no longer a member of this workspace')
        this.#leave(socket)
      } else {
        peer.changeRole(role)
        this.#awareness.renew(peer)
        this.ctx.waitUntil(this.#roomOf(peer.identity).open(peer))
      }
    }
  }

  /** A meeting's word: so many people are in the item now. What it does not renew counts as 0 after a while (S29). */
  async setLive(itemId: string, people: number): Promise<void> {
    const room = this.#room ?? this.#roomOfAnybody()
    if (room === null) this.#live.set(itemId, people)
    else await room.setLive(itemId, people)
    await this.#expireLiveLater()
  }

  override async alarm(): Promise<void> {
    const ended = this.#live.expire()
    await this.#roomOfAnybody()?.tellLive(ended)
    await this.#expireLiveLater()
  }

  async #expireLiveLater(): Promise<void> {
    const at = this.#live.nextEnd
    if (at !== null) await this.ctx.storage.setAlarm(at)
  }

  #leave(socket: WebSocket): void {
    // An object that wakes by this is not shown the socket any more.
    const peer = this.#peers.get(socket) ?? socketPeer(socket, true)
    this.#peers.delete(socket)
    this.#awareness.leave(peer)
  }

  /** Null where nobody is connected: then nothing has to be loaded, as nobody is told. */
  #roomOfAnybody(): SyncRoom | null {
    const [peer] = this.#peers.values()
    return peer === undefined ? null : this.#roomOf(peer.identity)
  }

  #roomOf({ workspaceId }: PeerIdentity): SyncRoom {
    if (this.#room === null) {
      const document = { database: this.#database, workspaceId, owner: crypto.randomUUID() }
      const room: SyncRoom = new SyncRoom({
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
          if (this.#room === room) this.#room = null
        }
      })
      this.#room = room
    }
    return this.#room
  }
}

interface SocketPeer extends Peer {
  changeRole(role: string): void
}

const socketPeer = (socket: WebSocket, greeted: boolean): SocketPeer => {
  let { durableUpdates, skippedUpdates, awareness, ...identity } =
    socket.deserializeAttachment() as Attachment
  const keep = () => {
    const attachment: Attachment = { ...identity, durableUpdates, skippedUpdates, awareness }
    socket.serializeAttachment(attachment)
  }
  const window = new SendWindow()
  return {
    window,
    get identity() {
      return identity
    },
    changeRole(role) {
      identity = { ...identity, role }
      keep()
    },
    greeted,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
    get durableUpdates() {
      return durableUpdates
    },
    set durableUpdates(count) {
      durableUpdates = count
      keep()
    },
    get skippedUpdates() {
      return skippedUpdates
    },
    set skippedUpdates(count) {
      if (count === skippedUpdates) return
      skippedUpdates = count
      keep()
    },
    get awareness() {
      return awareness
    },
    set awareness(clients) {
      awareness = clients
      keep()
    },
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return
      window.count(message.length)
      if (window.isFull) socket.close(CLOSE.tooFast, 'what was sent was not read')
      else socket.send(message)
    },
    close(code, reason) {
      socket.close(code, reason)
    }
  }
}
