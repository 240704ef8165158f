import * as decoding from 'lib0/decoding'
import { malformed, tooLarge } from './refused-frame-error.ts'

/** Reads the numbers and strings of an update. Allocates nothing by a claimed length. */
export class UpdateDecoder {
  readonly #decoder: decoding.Decoder

  constructor(bytes: Uint8Array) {
    this.#decoder = decoding.createDecoder(bytes)
  }

  get position(): number {
    return this.#decoder.pos
  }

  get isAtEnd(): boolean {
    return !decoding.hasContent(this.#decoder)
  }

  byte(): number {
    if (this.isAtEnd) throw malformed('an update that ends early')
    return decoding.readUint8(this.#decoder)
  }

  /**
   * A whole number from 0 to `most`. lib0 reads an overlong one as NaN or as one that is not exact.
   */
  uint(most: number = Number.MAX_SAFE_INTEGER): number {
    const value = this.#read(decoding.readVarUint)
    if (!(value <= most)) throw malformed('a number out of range')
    return value
  }

  /** Reads a count. Above the limit it is too large, not malformed. */
  count(most: number, what: string): number {
    const value = this.uint()
    if (value > most) throw tooLarge(`Too many ${what} at once.`)
    return value
  }

  /** A finite number as lib0 writes it: type 125 whole, 124 and 123 floating. */
  number(type: number): number {
    const value = this.#read(
      type === 125 ? decoding.readVarInt : type === 124 ? decoding.readFloat32 : decoding.readFloat64
    )
    if (!Number.isFinite(value) || (type === 125 && !Number.isSafeInteger(value))) {
      throw malformed('a number out of range')
    }
    return value
  }

  /** A string; lone surrogates are refused. */
  text(mostBytes: number): string {
    const start = this.#decoder.pos
    const length = this.uint()
    if (length > mostBytes) throw tooLarge('A text is too long.')
    this.#decoder.pos = start
    return this.#read(decoding.readVarString)
  }

  #read<T>(read: (decoder: decoding.Decoder) => T): T {
    try {
      return read(this.#decoder)
    } catch {
      throw malformed('not a Yjs update')
    }
  }
}
