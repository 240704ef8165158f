import {
  decodeFrame,
  encodeAck,
  encodeHello,
  encodeMissing,
  encodeStateVector,
  type Hello,
  type Frame
} from '../protocol.ts'

/**
 * The server's end of a WebSocket, in the hands of a test. Behaves as a browser's: closing takes a
 * turn.
 */
export class FakeSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  /** Every socket of the test, the oldest first; the test empties it. */
  static all: FakeSocket[] = []

  readonly url: string
  binaryType = 'blob'
  readyState = FakeSocket.CONNECTING
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer | string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  /** What the client sent, in order; its pings apart. */
  readonly heard: Frame[] = []
  pings = 0

  constructor(url: string) {
    this.url = url
    FakeSocket.all.push(this)
  }

  send(data: Uint8Array | string): void {
    if (this.readyState === FakeSocket.CONNECTING) throw new DOMException('not open yet', 'InvalidStateError')
    if (this.readyState !== FakeSocket.OPEN) return
    if (typeof data === 'string') this.pings++
    else this.heard.push(decodeFrame(data.slice()))
  }

  close(): void {
    if (this.readyState < FakeSocket.CLOSING) this.readyState = FakeSocket.CLOSING
  }

  open(): void {
    this.readyState = FakeSocket.OPEN
    this.onopen?.()
  }

  /** The server, or what was still under way from it, says something. */
  say(...messages: (Uint8Array | string)[]): void {
    for (const data of messages) {
      this.onmessage?.({ data: typeof data === 'string' ? data : data.slice().buffer })
    }
  }

  drop(code = 1006): void {
    this.readyState = FakeSocket.CLOSED
    this.onclose?.({ code })
  }

  /**
   * The server's part of the handshake, for a server that has `stateVector` and answers with
   * `missing`.
   */
  greet({
    stateVector = NOTHING,
    missing = EMPTY_UPDATE,
    ...hello
  }: Partial<Hello> & { stateVector?: Uint8Array; missing?: Uint8Array } = {}): void {
    this.hello(hello)
    this.say(encodeStateVector(stateVector), encodeMissing(missing))
  }

  hello(hello: Partial<Hello> = {}): void {
    const usual: Hello = { protocol: 1, generation: 1, serverTime: Date.now(), userId: 'u', role: 'owner' }
    this.say(encodeHello({ ...usual, ...hello }))
  }

  /** All update messages so far are durable. */
  acknowledgeAll(): void {
    this.say(encodeAck(this.updates.length))
  }

  /** The messages that count (S7). */
  get updates(): Uint8Array[] {
    return this.heard.flatMap(message =>
      message.type === 'missing' || message.type === 'update' ? [message.update] : []
    )
  }

  get types(): string[] {
    return this.heard.map(({ type }) => type)
  }
}

/** The state vector of an empty document. */
export const NOTHING: Uint8Array = new Uint8Array([0])
export const EMPTY_UPDATE: Uint8Array = new Uint8Array([0, 0])

/** The newest socket. */
export const lastSocket = (): FakeSocket => {
  const socket = FakeSocket.all.at(-1)
  if (socket === undefined) throw new Error('nobody has connected')
  return socket
}
