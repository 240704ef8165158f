const FIN = 0x80
const OPCODE = 0x0f

/**
 * Splits a server's bytes into WebSocket frames (RFC 6455; unmasked, no extensions). Hand-written
 * because one process simulates hundreds of devices: a reader that costs more per frame than the
 * server would measure itself.
 */
export class FrameReader {
  /** The payload is valid only during the call: the next bytes overwrite it. */
  readonly #onFrame: (opcode: number, payload: Buffer) => void
  #buffer = Buffer.alloc(0)
  #length = 0
  #fragments: Buffer[] = []
  #opcode = 0

  constructor(onFrame: (opcode: number, payload: Buffer) => void) {
    this.#onFrame = onFrame
  }

  push(chunk: Buffer): void {
    if (this.#length === 0) {
      this.#append(chunk.subarray(this.#read(chunk)))
      return
    }
    this.#append(chunk)
    const used = this.#read(this.#buffer.subarray(0, this.#length))
    this.#buffer.copyWithin(0, used, this.#length)
    this.#length -= used
  }

  #append(bytes: Buffer): void {
    const needed = this.#length + bytes.length
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(needed * 2)
      this.#buffer.copy(larger, 0, 0, this.#length)
      this.#buffer = larger
    }
    bytes.copy(this.#buffer, this.#length)
    this.#length = needed
  }

  /** @returns the number of bytes in whole frames */
  #read(bytes: Buffer): number {
    let at = 0
    for (;;) {
      const left = bytes.length - at
      if (left < 2) return at
      const short = bytes.readUInt8(at + 1)
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (left < head) return at
      const length = head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6)
      if (left < head + length) return at
      this.#take(bytes.readUInt8(at), bytes.subarray(at + head, at + head + length))
      at += head + length
    }
  }

  #take(first: number, payload: Buffer): void {
    const opcode = first & OPCODE
    const isLast = (first & FIN) !== 0
    if (isLast && opcode !== 0) {
      this.#onFrame(opcode, payload)
      return
    }
    if (opcode !== 0) this.#opcode = opcode
    this.#fragments.push(Buffer.from(payload))
    if (!isLast) return
    const whole = Buffer.concat(this.#fragments)
    this.#fragments = []
    this.#onFrame(this.#opcode, whole)
  }
}
