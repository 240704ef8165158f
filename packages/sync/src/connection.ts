import * as Y from 'yjs'
import { createHeartbeat } from './heartbeat.ts'
import { FROM_SERVER } from './origins.ts'
import { CLOSE } from './close-codes.ts'
import {
  decodeMessage,
  encodeMissing,
  encodeStateVector,
  encodeUpdate,
  encodeUsage,
  MalformedMessageError,
  MAX_MESSAGE_BYTES,
  PROTOCOL_VERSION
} from './protocol.ts'
import type { Hello, Message, Notice } from './protocol.ts'
import type { ServerClock } from './server-clock.ts'
import type { UsageLane } from './usage-lane.ts'

/** A socket that has not opened by then is given up: some networks swallow the attempt for minutes. */
const OPEN_WITHIN_MS = 15_000
/** What an update message is longer than its update, at most. */
const FRAME_BYTES = 16

export interface ConnectionOptions {
  doc: Y.Doc
  url: string
  /** Generation of what the document holds of the server's; null where it holds nothing. */
  generation: number | null
  usage: UsageLane
  clock: ServerClock
}

export interface ConnectionEvents {
  onStatus(status: 'syncing' | 'synced'): void
  /** The server may be talked to: what it says from now on goes into the document. */
  onHello(hello: Hello): void
  onNotice(notice: Notice): void
  /** The server has all that the document holds. */
  onAllStored(): void
  /** The socket is gone; called once. @param notice what the server said last, if that was a notice */
  onClose(code: number, notice: Notice | null): void
}

export interface Connection {
  sendUpdate(update: Uint8Array): void
  /** Sends what the usage lane holds and this connection has not sent yet. */
  sendUsage(): void
  /** Is anybody there? Ends the connection soon if not. */
  probe(): void
  close(): void
}

/** One WebSocket's life: handshake, updates up and down, acknowledgements counted (SPEC.md, S5–S24). */
export const openConnection = (
  { doc, url, generation, usage, clock }: ConnectionOptions,
  events: ConnectionEvents
): Connection => {
  const socket = new WebSocket(generation === null ? url : `${url}&generation=${generation}`)
  socket.binaryType = 'arraybuffer'
  let closed = false
  let sent = 0
  let acknowledged = 0
  let greeted = false
  let caughtUp = false
  let lastNotice: Notice | null = null
  /** Times of use that were told on this connection: as they are, and as they were told. */
  const usageTold = new Map<string, { at: number; told: number; answered: boolean }>()

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
  const judge = () => {
    if (!isOpen()) return
    const allStored = caughtUp && sent > 0 && acknowledged >= sent
    if (allStored) events.onAllStored()
    const usageHeard = [...usageTold.values()].every(({ answered }) => answered)
    events.onStatus(allStored && usageHeard ? 'synced' : 'syncing')
  }
  const sendCounted = (message: Uint8Array) => {
    sent++
    socket.send(message as Uint8Array<ArrayBuffer>)
    judge()
  }
  const sendUsage = () => {
    if (!caughtUp) return
    const news = Object.entries(usage.pending()).filter(([itemId, at]) => usageTold.get(itemId)?.at !== at)
    if (news.length === 0) return
    const entries = news.map(([itemId, at]) => {
      // The server takes no time after its own now; a wrong clock's is told as now.
      const told = Math.min(at, clock.now())
      usageTold.set(itemId, { at, told, answered: false })
      return { itemId, lastUsedAt: told, live: 0 }
    })
    socket.send(encodeUsage(entries) as Uint8Array<ArrayBuffer>)
    judge()
  }

  /** Before anything else is merged or answered (S22, S24). */
  const greet = (hello: Hello) => {
    if (hello.protocol > PROTOCOL_VERSION) end(CLOSE.appTooOld)
    else if (generation !== null && hello.generation !== generation) end(CLOSE.otherGeneration)
    else {
      greeted = true
      generation = hello.generation
      events.onHello(hello)
    }
  }
  const receive = (message: Message) => {
    lastNotice = message.type === 'notice' ? message : null
    if (!greeted && message.type !== 'hello' && message.type !== 'notice') {
      throw new MalformedMessageError(`${message.type} before hello`)
    }
    switch (message.type) {
      case 'hello':
        greet(message)
        break
      case 'state-vector':
        sendCounted(encodeMissing(Y.encodeStateAsUpdate(doc, message.stateVector)))
        break
      case 'missing':
        Y.applyUpdate(doc, message.update, FROM_SERVER)
        caughtUp = true
        sendUsage()
        judge()
        break
      case 'update':
        Y.applyUpdate(doc, message.update, FROM_SERVER)
        judge()
        break
      case 'ack':
        acknowledged = message.count
        judge()
        break
      case 'usage':
        usage.takeServer(message.entries)
        for (const { itemId, lastUsedAt, live } of message.entries) {
          const mine = usageTold.get(itemId)
          if (mine === undefined) continue
          mine.answered = true
          // An earlier time may be another device's news, on its way before ours was stored.
          const isUnknown = lastUsedAt === 0 && live === 0
          if (isUnknown || lastUsedAt >= mine.told) usage.settle({ [itemId]: mine.at })
        }
        judge()
        break
      case 'notice':
        events.onNotice(message)
        break
      case 'awareness':
      case 'query-awareness':
        break // nobody's cursor is shown on Home
    }
  }

  socket.onopen = () => {
    clearTimeout(openTimer)
    events.onStatus('syncing')
    heartbeat.start()
    socket.send(encodeStateVector(Y.encodeStateVector(doc)) as Uint8Array<ArrayBuffer>)
  }
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (closed) return // it was already under way
    heartbeat.heard()
    if (typeof data === 'string') return // the heartbeat's "pong"
    try {
      receive(decodeMessage(new Uint8Array(data)))
    } catch (error) {
      console.error('a message from the server could not be read', error)
      end(CLOSE.tryLater)
    }
  }
  socket.onclose = ({ code }) => {
    end(code)
  }

  return {
    sendUpdate(update) {
      // Before the server's state vector came, the answer to it will hold this update.
      if (!isOpen() || sent === 0) return
      // More at once than an edit may be (an import) goes as an answer, which may be as large as a document.
      const isLarge = update.length + FRAME_BYTES > MAX_MESSAGE_BYTES
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
