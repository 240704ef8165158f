import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { FrameReader } from './frame-reader.ts'

const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

/** Shared by all sockets: its content is handled before the next read. */
const READ_BUFFER = Buffer.allocUnsafeSlow(1024 * 1024)

export interface RawSocketOptions {
  port: number
  path: string
  headers: Record<string, string>
  onOpen: () => void
  /** The bytes are valid only during the call. @param at performance.now() on arrival */
  onMessage: (bytes: Uint8Array, at: number) => void
  /** Called once, whichever side closed it. */
  onClose: (reason: string) => void
}

/** A WebSocket to the loopback address only. */
export class RawSocket {
  readonly #socket: Socket
  readonly #options: RawSocketOptions
  readonly #reader = new FrameReader((opcode, payload) => {
    this.#take(opcode, payload)
  })
  #head = ''
  #isOpen = false
  #isClosed = false
  #at = 0
  bytesReceived = 0

  constructor(options: RawSocketOptions) {
    this.#options = options
    this.#socket = connect({
      host: '127.0.0.1',
      port: options.port,
      noDelay: true,
      onread: {
        buffer: READ_BUFFER,
        callback: (length, buffer) => {
          this.#at = performance.now()
          this.#receive(Buffer.from(buffer.buffer, buffer.byteOffset, length))
          return true
        }
      }
    })
    this.#socket.on('connect', () => this.#socket.write(this.#request()))
    this.#socket.on('error', error => {
      this.#end(error.message)
    })
    this.#socket.on('close', () => {
      this.#end('the connection was lost')
    })
  }

  send(bytes: Uint8Array): void {
    this.#socket.write(encodeFrame(BINARY, bytes))
  }

  /** Stops reading, so that messages pile up at the server. */
  pause(): void {
    this.#socket.pause()
  }

  close(): void {
    this.#end('closed here')
  }

  #request(): string {
    const { port, path, headers } = this.#options
    const lines = {
      host: `localhost:${port}`,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      'sec-websocket-version': '13',
      ...headers
    }
    const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
    return `GET ${path} HTTP/1.1\r\n${text.join('')}\r\n`
  }

  #receive(chunk: Buffer): void {
    this.bytesReceived += chunk.length
    if (this.#isOpen) {
      this.#reader.push(chunk)
      return
    }
    this.#head += chunk.toString('latin1')
    const end = this.#head.indexOf('\r\n\r\n')
    if (end < 0) return
    if (!this.#head.startsWith('HTTP/1.1 101')) {
      this.#end(`no WebSocket: ${this.#head.slice(0, this.#head.indexOf('\r\n'))}`)
      return
    }
    this.#isOpen = true
    this.#options.onOpen()
    this.#reader.push(Buffer.from(this.#head.slice(end + 4), 'latin1'))
  }

  #take(opcode: number, payload: Buffer): void {
    if (this.#isClosed) return
    if (opcode === BINARY) this.#options.onMessage(payload, this.#at)
    else if (opcode === PING) this.#socket.write(encodeFrame(PONG, payload))
    else if (opcode === CLOSE) {
      const code = payload.length < 2 ? 1005 : payload.readUInt16BE(0)
      this.#end(`the server closed it: ${code} ${payload.toString('utf8', 2)}`)
    }
  }

  #end(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket.destroy()
    this.#options.onClose(reason)
  }
}

/** Masks the frame, not with zeros: some servers would then skip work that browsers cause. */
const encodeFrame = (opcode: number, payload: Uint8Array): Buffer => {
  const { length } = payload
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + 4 + length)
  frame[0] = 0x80 | opcode
  if (head === 2) frame[1] = 0x80 | length
  else if (head === 4) {
    frame[1] = 0x80 | 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 0x80 | 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  const mask = randomByte4()
  frame.set(mask, head)
  const start = head + 4
  for (let i = 0; i < length; i++) frame[start + i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0)
  return frame
}

const randomByte4 = (): Uint8Array => {
  const number = Math.floor(Math.random() * 2 ** 32)
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number)
}
