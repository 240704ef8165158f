import { Inflate } from 'fflate'
import { crc32 } from './crc32.ts'

/** One file in a zip, as the zip's directory tells of it. */
export interface ZipEntry {
  name: string
  /** Bytes, unpacked; what turns out to be another size is damaged. */
  size: number
  packedSize: number
  isPacked: boolean
  crc: number
  /** Where its own header stands. */
  offset: number
}

/** No zip, or one that is not whole. */
export class NotAZipError extends Error {
  override name = 'NotAZipError'
}

/** A file in the zip cannot be unpacked to what the directory says of it. */
export class DamagedEntryError extends Error {
  override name = 'DamagedEntryError'
}

const END_SIGNATURE = 0x06054b50
const DIRECTORY_SIGNATURE = 0x02014b50
const HEADER_SIGNATURE = 0x04034b50
const END_BYTES = 22
const DIRECTORY_ROW_BYTES = 46
const HEADER_BYTES = 30
const MAX_COMMENT_BYTES = 65_535
/** Unpacked in pieces, so that what grows too large is stopped before it has grown. */
const PIECE_BYTES = 16 * 1024
const STORED = 0
const DEFLATED = 8
const ENCRYPTED_FLAG = 1

const viewOf = async (part: Blob) => new DataView(await part.arrayBuffer())

/**
 * What a zip says that is in it. fflate reads a zip only as a whole, in memory; a workspace with many
 * pictures is too large for that on a phone, and a forged directory could make it unpack without end.
 * @throws {NotAZipError}
 */
export const listZip = async (file: Blob): Promise<ZipEntry[]> => {
  const tailAt = Math.max(0, file.size - END_BYTES - MAX_COMMENT_BYTES)
  const tail = await viewOf(file.slice(tailAt))
  const end = findEnd(tail)
  const count = tail.getUint16(end + 10, true)
  const bytes = tail.getUint32(end + 12, true)
  const offset = tail.getUint32(end + 16, true)
  if (offset + bytes > tailAt + end) throw new NotAZipError('the directory is not there')
  const directory = await viewOf(file.slice(offset, offset + bytes))
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < count;) {
    if (at + DIRECTORY_ROW_BYTES > bytes || directory.getUint32(at, true) !== DIRECTORY_SIGNATURE) {
      throw new NotAZipError('the directory is not whole')
    }
    const nameBytes = directory.getUint16(at + 28, true)
    entries.push(readRow(directory, at, nameBytes))
    at +=
      DIRECTORY_ROW_BYTES +
      nameBytes +
      directory.getUint16(at + 30, true) +
      directory.getUint16(at + 32, true)
  }
  return entries
}

const findEnd = (tail: DataView): number => {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) === END_SIGNATURE) return at
  }
  throw new NotAZipError('no end of a zip')
}

const readRow = (view: DataView, at: number, nameBytes: number): ZipEntry => {
  if (at + DIRECTORY_ROW_BYTES + nameBytes > view.byteLength)
    throw new NotAZipError('the directory is cut off')
  const method = view.getUint16(at + 10, true)
  const isReadable = method === STORED || method === DEFLATED
  if (!isReadable || (view.getUint16(at + 8, true) & ENCRYPTED_FLAG) !== 0) {
    throw new NotAZipError('packed in a way that cannot be read')
  }
  return {
    name: tidyName(
      new TextDecoder().decode(new Uint8Array(view.buffer, at + DIRECTORY_ROW_BYTES, nameBytes))
    ),
    isPacked: method === DEFLATED,
    crc: view.getUint32(at + 16, true),
    packedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true)
  }
}

/** Some programs write Windows' own separators, or begin at the folder that they are in. */
const tidyName = (name: string): string => name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')

/**
 * Unpacks one file of a zip, to no more than the size that the directory tells.
 * @throws {DamagedEntryError}
 */
export const readZipEntry = async (
  file: Blob,
  entry: ZipEntry,
  breathe: () => Promise<void>
): Promise<Uint8Array<ArrayBuffer>> => {
  const header = await viewOf(file.slice(entry.offset, entry.offset + HEADER_BYTES))
  if (header.byteLength < HEADER_BYTES || header.getUint32(0, true) !== HEADER_SIGNATURE) {
    throw new DamagedEntryError('its header is not there')
  }
  const start = entry.offset + HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true)
  const packed = new Uint8Array(await file.slice(start, start + entry.packedSize).arrayBuffer())
  const bytes = entry.isPacked ? await inflate(packed, entry.size, breathe) : packed
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc)
    throw new DamagedEntryError('not what it was')
  return bytes
}

const inflate = async (packed: Uint8Array, size: number, breathe: () => Promise<void>) => {
  const bytes = new Uint8Array(size)
  let filled = 0
  const stream = new Inflate(piece => {
    if (filled + piece.length > size) throw new DamagedEntryError('it is larger than it says')
    bytes.set(piece, filled)
    filled += piece.length
  })
  for (let at = 0; at < packed.length; at += PIECE_BYTES) {
    try {
      stream.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length)
    } catch (error) {
      throw error instanceof DamagedEntryError ? error : new DamagedEntryError('it cannot be unpacked')
    }
    await breathe()
  }
  return bytes.subarray(0, filled)
}
