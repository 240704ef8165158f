import * as Y from 'yjs'
import { createHeartbeat } from './heartbeat.ts'
import { FROM_SERVER } from './origins.ts'
import { CLOSE } from './close-codes.ts'
import {
  decodeFrame,
  encodeMissing,
  encodeStateVector,
  encodeUpdate,
  encodeUsage,
  MalformedFrameError,
  MAX_FRAME_BYTES,
  PROTOCOL_VERSION
} from './protocol.ts'
import type { Notice } from './notice.ts'
import type { Frame, Hello } from './protocol.ts'
import type { ServerClock } from './server-clock.ts'
import type { UsageLane } from './usage-lane.ts'

/** Some networks drop the attempt silently for minutes. */
const OPEN_WITHIN_MS = 15_000
/** Upper bound of what a frame adds to its update. */
const FRAME_HEADER_BYTES = 16

export interface SyncConnectionOptions {
  doc: Y.Doc
  url: string
  /** The document's generation; null where it holds nothing of the server's. */
  generation: number | null
  usage: UsageLane
  clock: ServerClock
}

export interface SyncConnectionEvents {
  onStatus(status: 'syncing' | 'synced'): void
  /** The server accepts this replica: from now on its updates are applied. */
  onHello(hello: Hello): void
  onNotice(notice: Notice): void
  /** The server has all that the document holds. */
  onAllStored(): void
  /** Called once. @param notice the last frame, if it was a notice */
  onClose(code: number, notice: Notice | null): void
}

export interface SyncConnection {
  sendUpdate(update: Uint8Array): void
  /** Sends pending times of use that this connection has not sent yet. */
  sendUsage(): void
  /** Pings the server; without an answer the connection ends. */
  probe(): void
  close(): void
}

/** Runs one WebSocket: handshake, updates both ways, acknowledgements (SPEC.md, S5–S24). */
export const openSyncConnection = (
  { doc, url, generation, usage, clock }: SyncConnectionOptions,
  events: SyncConnectionEvents
): SyncConnection => {
  const socket = new WebSocket(addressOf(url, generation))
  socket.binaryType = 'arraybuffer'
  let closed = false
  let sent = 0
  let acknowledged = 0
  let greeted = false
  let caughtUp = false
  let lastNotice: Notice | null = null
  /** Times of use sent on this connection: the original, and the value sent. */
  const sentUsage = new Map<string, { at: number; told: number; answered: boolean }>()

  const end = (code: number) => {
    if (closed) return
    closed = true
    clearTimeout(openTimer)
    heartbeat.stop()
    usage.forgetLive()
    socket.close()
    events.onClose(code, lastNotice)
  }
  const heartbeat = createHeartbeat({
    ping: () => {
      socket.send('ping')
    },
    dead: () => {
      end(CLOSE.tryLater)
    }
  })
  const openTimer = setTimeout(() => {
    end(CLOSE.tryLater)
  }, OPEN_WITHIN_MS)
  const isOpen = () => !closed && socket.readyState === WebSocket.OPEN
  const updateStatus = () => {
    if (!isOpen()) return
    const allStored = caughtUp && sent > 0 && acknowledged >= sent
    if (allStored) events.onAllStored()
    const usageHeard = [...sentUsage.values()].every(({ answered }) => answered)
    events.onStatus(allStored && usageHeard ? 'synced' : 'syncing')
  }
  const sendCounted = (frame: Uint8Array) => {
    sent++
    socket.send(frame as Uint8Array<ArrayBuffer>)
    updateStatus()
  }
  const sendUsage = () => {
    if (!caughtUp) return
    const news = Object.entries(usage.pending()).filter(([itemId, at]) => sentUsage.get(itemId)?.at !== at)
    if (news.length === 0) return
    const entries = news.map(([itemId, at]) => {
      // The server accepts no time in the future, so a wrong clock's is sent as now.
      const told = Math.min(at, clock.now())
      sentUsage.set(itemId, { at, told, answered: false })
      return { itemId, lastUsedAt: told, live: 0 }
    })
    socket.send(encodeUsage(entries) as Uint8Array<ArrayBuffer>)
    updateStatus()
  }

  /** Comes before anything is merged or answered (S22, S24). */
  const greet = (hello: Hello) => {
    if (hello.protocol > PROTOCOL_VERSION) end(CLOSE.appTooOld)
    else if (generation !== null && hello.generation !== generation) end(CLOSE.otherGeneration)
    else {
      greeted = true
      generation = hello.generation
      events.onHello(hello)
    }
  }
  const receive = (frame: Frame) => {
    lastNotice = frame.type === 'notice' ? frame : null
    if (!greeted && frame.type !== 'hello' && frame.type !== 'notice') {
      throw new MalformedFrameError(`${frame.type} before hello`)
    }
    switch (frame.type) {
      case 'hello':
        greet(frame)
        break
      case 'state-vector':
        sendCounted(encodeMissing(Y.encodeStateAsUpdate(doc, frame.stateVector)))
        break
      case 'missing':
        Y.applyUpdate(doc, frame.update, FROM_SERVER)
        caughtUp = true
        sendUsage()
        updateStatus()
        break
      case 'update':
        Y.applyUpdate(doc, frame.update, FROM_SERVER)
        updateStatus()
        break
      case 'ack':
        acknowledged = frame.count
        updateStatus()
        break
      case 'usage':
        usage.takeServer(frame.entries)
        for (const { itemId, lastUsedAt, live } of frame.entries) {
          const mine = sentUsage.get(itemId)
          if (mine === undefined) continue
          mine.answered = true
          // An earlier time may be another device's, sent before ours was stored.
          const isUnknown = lastUsedAt === 0 && live === 0
          if (isUnknown || lastUsedAt >= mine.told) usage.settle({ [itemId]: mine.at })
        }
        updateStatus()
        break
      case 'notice':
        events.onNotice(frame)
        break
      case 'awareness':
      case 'query-awareness':
        break // unused: Home shows no cursors
    }
  }

  socket.onopen = () => {
    clearTimeout(openTimer)
    events.onStatus('syncing')
    heartbeat.start()
    socket.send(encodeStateVector(Y.encodeStateVector(doc)) as Uint8Array<ArrayBuffer>)
  }
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (closed) return // was in flight
    heartbeat.heard()
    if (typeof data === 'string') return // the heartbeat's "pong"
    try {
      receive(decodeFrame(new Uint8Array(data)))
    } catch (error) {
      console.error('a frame from the server could not be read', error)
      end(CLOSE.tryLater)
    }
  }
  socket.onclose = ({ code }) => {
    end(code)
  }

  return {
    sendUpdate(update) {
      // Until the server's state vector arrives: the answer to it will contain this update.
      if (!isOpen() || sent === 0) return
      // Too large for an update frame (an import): `missing` may be as large as a document.
      const isLarge = update.length + FRAME_HEADER_BYTES > MAX_FRAME_BYTES
      sendCounted(isLarge ? encodeMissing(update) : encodeUpdate(update))
    },
    sendUsage() {
      if (isOpen()) sendUsage()
    },
    probe() {
      if (isOpen()) heartbeat.probe()
    },
    close() {
      end(CLOSE.tryLater)
    }
  }
}

/** Where to connect: the server is told this end's version, and which generation it holds. */
const addressOf = (url: string, generation: number | null): string => {
  const address = new URL(url)
  address.searchParams.set('protocol', String(PROTOCOL_VERSION))
  if (generation !== null) address.searchParams.set('generation', String(generation))
  return address.href
}
