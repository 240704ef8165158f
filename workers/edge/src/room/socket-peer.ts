import { CLOSE } from '@foyer/sync/protocol'
import type { Peer, PeerIdentity } from './peer.ts'
import { SendWindow } from './send-window.ts'

/** What a socket keeps while its object sleeps. */
type Attachment = PeerIdentity & Pick<Peer, 'durableUpdates' | 'skippedUpdates' | 'awareness'>

/** Attaches who that is to a new socket. */
export const attachIdentity = (socket: WebSocket, identity: PeerIdentity): void => {
  const attachment: Attachment = { ...identity, durableUpdates: 0, skippedUpdates: 0, awareness: [] }
  socket.serializeAttachment(attachment)
}

/** A peer of a socket, which keeps what has to outlive a sleep. */
export interface SocketPeer extends Peer {
  change(identity: Partial<PeerIdentity>): void
}

/** @param greeted it is one that stayed while the object slept */
export const socketPeer = (socket: WebSocket, greeted: boolean): SocketPeer => {
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
    change(changes) {
      identity = { ...identity, ...changes }
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
