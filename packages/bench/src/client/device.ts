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

/** Yjs' own encoding of nothing: no structs, no deletions; as a state vector, no clients. */
const EMPTY_UPDATE = Uint8Array.of(0, 0)
const EMPTY_STATE_VECTOR = Uint8Array.of(0)

export interface DeviceOptions {
  /** The connection is open, and has asked for what it lacks. */
  onOpen?: () => void
  /** What it has already; nothing, if not given. */
  stateVector?: Uint8Array
  /** What it has that the server lacks. */
  missing?: (stateVector: Uint8Array) => Uint8Array
  /** The bytes are only valid during the call. @param at performance.now() when they came */
  onUpdate?: (update: Uint8Array, at: number) => void
  /** @param durable how many of this connection's update messages are in the database */
  onAck?: (durable: number, at: number) => void
  /** What the server notes is to be expected, and not printed. */
  isQuiet?: boolean
  /** The server tells when items were last used; it answers whoever tells it, too. */
  onUsage?: (entries: UsageEntry[]) => void
}

/** One connection that speaks the whole protocol, and keeps no document: what comes is its owner's to handle. */
export class Device {
  readonly #socket: RawSocket
  readonly #options: DeviceOptions
  readonly #synced = Promise.withResolvers<number>()
  #isClosing = false
  #isSynced = false
  /** Update messages sent, and of those the durable ones. */
  sent = 0
  durable = 0
  /** Why the connection was lost; null while it stands. */
  lost: string | null = null
  readonly openedAt = performance.now()

  constructor({ port, cookie, id }: Workspace, options: DeviceOptions = {}) {
    this.#options = options
    // Somebody may ask for it only after it has failed.
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

  /** When all that the server has had arrived (performance.now()); rejects if the connection is lost before. */
  get synced(): Promise<number> {
    return this.#synced.promise
  }

  get bytesReceived(): number {
    return this.#socket.bytesReceived
  }

  /** @returns which of this connection's update messages it is */
  sendUpdate(update: Uint8Array): number {
    return this.sendFrame(encodeUpdate(update))
  }

  /** An update message that was encoded before. */
  sendFrame(message: Uint8Array): number {
    this.#socket.send(message)
    return ++this.sent
  }

  sendUsage(entries: UsageEntry[]): void {
    this.#socket.send(encodeUsage(entries))
  }

  /** A message that is no update. */
  send(message: Uint8Array): void {
    this.#socket.send(message)
  }

  /** Reads nothing from now on. */
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
        break // hello and awareness: nothing to do
    }
  }
}

/** @throws {Error} when a device has lost its connection */
export const assertConnected = (devices: Device[]): void => {
  const lost = devices.find(device => device.lost !== null)
  if (lost) throw new Error(`a device lost its connection: ${lost.lost}`)
}
