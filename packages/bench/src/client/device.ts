import {
  decodeFrame,
  encodeMissing,
  encodeStateVector,
  encodeUpdate,
  encodeUsage,
  type UsageEntry,
  PROTOCOL_VERSION
} from '@foyer/sync/protocol'
import type { Workspace } from '../server/bench-server.ts'
import { RawSocket } from './raw-socket.ts'

/** Yjs' encoding of an empty update (no structs, no deletions) and state vector (no clients). */
const EMPTY_UPDATE = Uint8Array.of(0, 0)
const EMPTY_STATE_VECTOR = Uint8Array.of(0)

export interface DeviceOptions {
  /** Called when the connection is open and has requested what it lacks. */
  onOpen?: () => void
  /** What it already has. Default: nothing. */
  stateVector?: Uint8Array
  /** Returns what it has and the server lacks. */
  missing?: (stateVector: Uint8Array) => Uint8Array
  /** The bytes are valid only during the call. @param at performance.now() on arrival */
  onUpdate?: (update: Uint8Array, at: number) => void
  /** @param durable number of this connection's update messages stored in the database */
  onAck?: (durable: number, at: number) => void
  /** Server notices are expected, and not printed. */
  isQuiet?: boolean
  /** Called with last-used times, including the server's replies to this device's own. */
  onUsage?: (entries: UsageEntry[]) => void
}

/** A connection with the full protocol but no document: callers handle incoming updates. */
export class Device {
  readonly #socket: RawSocket
  readonly #options: DeviceOptions
  readonly #synced = Promise.withResolvers<number>()
  #isClosing = false
  #isSynced = false
  /** Number of update messages sent, and of those stored durably. */
  sent = 0
  durable = 0
  /** Why the connection was lost; null while connected. */
  lost: string | null = null
  readonly openedAt = performance.now()

  constructor({ port, cookie, id }: Workspace, options: DeviceOptions = {}) {
    this.#options = options
    // It may fail before anybody awaits it.
    this.#synced.promise.catch(() => undefined)
    this.#socket = new RawSocket({
      port,
      path: `/sync/${id}?protocol=${PROTOCOL_VERSION}`,
      headers: { cookie, origin: `http://localhost:${port}` },
      onOpen: () => {
        this.#socket.send(encodeStateVector(options.stateVector ?? EMPTY_STATE_VECTOR))
        options.onOpen?.()
      },
      onMessage: (bytes, at) => {
        this.#receive(bytes, at)
      },
      onClose: reason => {
        if (!this.#isClosing) this.lost = reason
        this.#synced.reject(new Error(`a device lost its connection: ${reason}`))
      }
    })
  }

  /** performance.now() when the initial sync completed. Rejects if the connection is lost first. */
  get synced(): Promise<number> {
    return this.#synced.promise
  }

  get bytesReceived(): number {
    return this.#socket.bytesReceived
  }

  /** @returns the message's number among this connection's update messages */
  sendUpdate(update: Uint8Array): number {
    return this.sendFrame(encodeUpdate(update))
  }

  /** Sends an already encoded update message. */
  sendFrame(message: Uint8Array): number {
    this.#socket.send(message)
    return ++this.sent
  }

  sendUsage(entries: UsageEntry[]): void {
    this.#socket.send(encodeUsage(entries))
  }

  /** Sends a message other than an update. */
  send(message: Uint8Array): void {
    this.#socket.send(message)
  }

  /** Stops reading. */
  pause(): void {
    this.#socket.pause()
  }

  close(): void {
    this.#isClosing = true
    this.#socket.close()
  }

  #receive(bytes: Uint8Array, at: number): void {
    const message = decodeFrame(bytes)
    switch (message.type) {
      case 'state-vector':
        this.#socket.send(encodeMissing(this.#options.missing?.(message.stateVector) ?? EMPTY_UPDATE))
        this.sent++
        break
      case 'missing':
      case 'update':
        this.#options.onUpdate?.(message.update, at)
        if (message.type === 'update' || this.#isSynced) break
        this.#isSynced = true
        this.#synced.resolve(at)
        break
      case 'ack':
        this.durable = message.count
        this.#options.onAck?.(message.count, at)
        break
      case 'usage':
        this.#options.onUsage?.(message.entries)
        break
      case 'notice':
        if (this.#options.isQuiet !== true) console.error(`the server notes: ${message.code}`, message)
        break
      default:
        break // hello and awareness are ignored
    }
  }
}

/** @throws {Error} a device has lost its connection */
export const assertConnected = (devices: Device[]): void => {
  const lost = devices.find(device => device.lost !== null)
  if (lost) throw new Error(`a device lost its connection: ${lost.lost}`)
}
