import { CLOSE } from '@foyer/sync/protocol'
import type { Peer, PeerIdentity } from './peer.ts'
import { SendWindow } from './send-window.ts'

/** What survives hibernation with the socket. */
type Attachment = PeerIdentity &
  Pick<Peer, 'durableUpdates' | 'skippedUpdates' | 'awareness' | 'toldGeneration'>

/** Attaches the identity to a new socket. */
export const attachIdentity = (socket: WebSocket, identity: PeerIdentity): void => {
  const attachment: Attachment = {
    ...identity,
    durableUpdates: 0,
    skippedUpdates: 0,
    awareness: [],
    toldGeneration: null
  }
  socket.serializeAttachment(attachment)
}

/** A peer whose state is stored with its socket. */
export interface SocketPeer extends Peer {
  change(identity: Partial<PeerIdentity>): void
}

export const socketPeer = (socket: WebSocket): SocketPeer => {
  let { durableUpdates, skippedUpdates, awareness, toldGeneration, ...identity } =
    socket.deserializeAttachment() as Attachment
  const keep = () => {
    const attachment: Attachment = { ...identity, durableUpdates, skippedUpdates, awareness, toldGeneration }
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
    get toldGeneration() {
      return toldGeneration
    },
    set toldGeneration(generation) {
      toldGeneration = generation
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
