/** What a picture says of itself in its bytes. Pixels are not decoded. */
export interface PictureHeader {
  type: PictureType
  /** Pixels. */
  width: number
  height: number
  /** Of an animation; else 1. */
  frames: number
  /** All formats say where they end: is that where the bytes end? */
  isWhole: boolean
}

export type PictureType = 'image/webp' | 'image/png' | 'image/jpeg'

/** Pixels on each side, as covers in the document have at most. */
const MOST_SIDE = 10_000
/** Of all frames together. Decoded, a pixel takes four bytes, however small the file is. */
const MOST_PIXELS = 40_000_000

/** Which kind of picture the bytes begin as, whatever anybody calls them; null for all others. */
export const sniffPicture = (bytes: Uint8Array): PictureType | null => {
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'image/webp'
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (textAt(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  return null
}

/**
 * Reads a picture's size to the last byte, as a decoder does: a header that says two sizes says none.
 * @returns null where the header cannot be read, or contradicts itself
 */
export const readPictureHeader = (bytes: Uint8Array): PictureHeader | null => {
  const type = sniffPicture(bytes)
  if (type === null) return null
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const read = READERS[type](bytes, view)
    return read !== null && read.width > 0 && read.height > 0 ? { type, ...read } : null
  } catch (error) {
    if (error instanceof RangeError) return null // it ends before its header does
    throw error
  }
}

/** Is there no more of it than a browser should decode? */
export const isBounded = ({ width, height, frames }: { width: number; height: number; frames: number }) =>
  Math.max(width, height) <= MOST_SIDE && width * height * frames <= MOST_PIXELS

type Read = Omit<PictureHeader, 'type'>

interface Size {
  width: number
  height: number
}

/** ISO 8859-1, so that each byte is one character; shorter where the bytes end. */
const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

/**
 * PNG specification, 5.2–5.3 and 11.2.2: IHDR comes first and once, IEND last and empty; APNG: one fcTL a frame, none
 * larger than the picture. Chunks are looked for wherever they could stand: no decoder finds more.
 */
const readPng = (bytes: Uint8Array, view: DataView): Read | null => {
  if (view.getUint32(8) !== 13 || textAt(bytes, 12, 4) !== 'IHDR') return null
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  if (positionsOf(bytes, [0, 0, 0, 13, ...codes('IHDR')]).length > 1) return null
  const frames = positionsOf(bytes, [0, 0, 0, 26, ...codes('fcTL')])
  const fits = frames.every(
    at => at + 20 <= bytes.length && view.getUint32(at + 12) <= width && view.getUint32(at + 16) <= height
  )
  if (!fits) return null
  const isWhole = textAt(bytes, bytes.length - 12, 8) === '\0\0\0\0IEND'
  return { width, height, frames: Math.max(1, frames.length), isWhole }
}

const codes = (text: string): number[] => Array.from(text, character => character.charCodeAt(0))

const positionsOf = (bytes: Uint8Array, pattern: number[]): number[] => {
  const found: number[] = []
  const rare = pattern.length - 4
  const letter = pattern[rare] ?? 0 // the name's first
  for (let at = bytes.indexOf(letter); at !== -1; at = bytes.indexOf(letter, at + 1)) {
    if (at >= rare && pattern.every((byte, index) => bytes[at - rare + index] === byte)) found.push(at - rare)
  }
  return found
}

/**
 * ITU T.81, B.1.1.4 and B.2.2: segments with their lengths, between them scans of pixels, up to the end of the image. One
 * frame header (SOF): a second one, a hierarchy or a later number of lines would tell of another size.
 */
const readJpeg = (bytes: Uint8Array, view: DataView): Read | null => {
  let size: Size | null = null
  let at = 2
  for (;;) {
    if (at + 2 > bytes.length) return size && { ...size, frames: 1, isWhole: false }
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++ // fill bytes
      continue
    }
    if (marker === 0xd9) return size && { ...size, frames: 1, isWhole: at + 2 === bytes.length }
    // A marker without a length, pixels before a size, or a size after them: no picture.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || [0xdc, 0xde, 0xdf].includes(marker))
      return null
    if (marker === 0xda && size === null) return null
    if (at + 4 > bytes.length) return size && { ...size, frames: 1, isWhole: false }
    const length = view.getUint16(at + 2)
    if (length < 2) return null
    const isFrame = marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      if (size !== null) return null
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += 2 + length
    if (marker === 0xda) at = endOfScan(bytes, at)
  }
}

/** In a scan 0xff is followed by 0, or begins a marker that only restarts it. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] ?? 0
    if (next === 0xff)
      at-- // a fill byte: the next one may begin a marker
    else if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

/**
 * RFC 9649: a RIFF whose first chunk is VP8, VP8L or VP8X. The latter's canvas is the size of its one frame, or holds those of an
 * animation.
 */
const readWebp = (bytes: Uint8Array, view: DataView): Read | null => {
  const isWhole = view.getUint32(4, true) + 8 === bytes.length
  if (textAt(bytes, 12, 4) !== 'VP8X') {
    const frame = readWebpFrame(bytes, view, 12)
    return frame && { ...frame, frames: 1, isWhole }
  }
  const canvas = { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  let still = 0
  let moving = 0
  for (let at = 12; at + 8 <= bytes.length;) {
    const chunk = textAt(bytes, at, 4)
    if (chunk === 'VP8X' && at > 12) return null
    if (chunk === 'ANMF') {
      moving++
      if (!isOnCanvas(view, at, canvas)) return null
    }
    const frame = readWebpFrame(bytes, view, at)
    if (frame !== null) {
      still++
      if (frame.width !== canvas.width || frame.height !== canvas.height) return null
    }
    const length = view.getUint32(at + 4, true)
    at += 8 + length + (length % 2)
  }
  // Neither, both, or two stills: who knows which one a decoder takes.
  if (still > 1 || (still === 1) === moving > 0) return null
  return { ...canvas, frames: Math.max(1, moving), isWhole }
}

/** A frame's place is counted in pairs of pixels. */
const isOnCanvas = (view: DataView, at: number, { width, height }: Size): boolean =>
  2 * uint24(view, at + 8) + 1 + uint24(view, at + 14) <= width &&
  2 * uint24(view, at + 11) + 1 + uint24(view, at + 17) <= height

/** RFC 6386, 9.1, and RFC 9649, 3.4: the size in a lossy or lossless frame; null where the chunk is neither. */
const readWebpFrame = (bytes: Uint8Array, view: DataView, at: number): Size | null => {
  const chunk = textAt(bytes, at, 4)
  if (chunk === 'VP8 ' && textAt(bytes, at + 11, 3) === '\x9d\x01\x2a') {
    return { width: view.getUint16(at + 14, true) & 0x3fff, height: view.getUint16(at + 16, true) & 0x3fff }
  }
  if (chunk !== 'VP8L' || view.getUint8(at + 8) !== 0x2f) return null
  const bits = view.getUint32(at + 9, true)
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
}

const uint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

const READERS = { 'image/png': readPng, 'image/jpeg': readJpeg, 'image/webp': readWebp } as const
