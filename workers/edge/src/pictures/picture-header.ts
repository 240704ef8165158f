/** What a picture says of itself in its first bytes. */
export interface PictureHeader {
  type: PictureType
  /** Pixels. */
  width: number
  height: number
}

export type PictureType = 'image/webp' | 'image/png' | 'image/jpeg'

/** Pixels on each side, as covers in the document have at most. */
const MOST_PIXELS = 10_000

/** Which kind of picture the bytes begin as, whatever anybody calls them; null for all others. */
export const sniffPicture = (bytes: Uint8Array): PictureType | null => {
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'image/webp'
  if (textAt(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (textAt(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  return null
}

/**
 * Reads a picture's size, and whether it is whole: all three formats say where they end, and nothing may follow,
 * so that no file is a picture and something else too. Pixels are not decoded.
 * @returns null where the header cannot be read, contradicts itself, or tells of more than 10,000 pixels a side
 */
export const readPictureHeader = (bytes: Uint8Array): PictureHeader | null => {
  const type = sniffPicture(bytes)
  if (type === null) return null
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const size = READERS[type](bytes, view)
    return size !== null && fits(size.width) && fits(size.height) ? { type, ...size } : null
  } catch (error) {
    if (error instanceof RangeError) return null // it ends before its header does
    throw error
  }
}

interface Size {
  width: number
  height: number
}

const fits = (pixels: number): boolean => pixels >= 1 && pixels <= MOST_PIXELS

/** ISO 8859-1, so that each byte is one character; shorter where the bytes end. */
const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

/** PNG specification, 5.2–5.3 and 11.2.2: IHDR comes first, IEND last and empty. */
const readPng = (bytes: Uint8Array, view: DataView): Size | null => {
  const isWhole = textAt(bytes, bytes.length - 12, 8) === '\0\0\0\0IEND'
  if (!isWhole || view.getUint32(8) !== 13 || textAt(bytes, 12, 4) !== 'IHDR') return null
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** ITU T.81, B.1.1.4 and B.2.2: segments with their lengths up to the first frame header (SOF). */
const readJpeg = (bytes: Uint8Array, view: DataView): Size | null => {
  if (textAt(bytes, bytes.length - 2, 2) !== '\xff\xd9') return null
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++ // fill bytes
      continue
    }
    // Pixels, the end, or a marker without a length before any frame header: no picture.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda)) return null
    const length = view.getUint16(at + 2)
    if (length < 2) return null
    const isFrame = marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + length
  }
}

/** RFC 9649: a RIFF whose first chunk is VP8, VP8L or VP8X. */
const readWebp = (bytes: Uint8Array, view: DataView): Size | null => {
  if (view.getUint32(4, true) + 8 !== bytes.length) return null
  const first = textAt(bytes, 12, 4)
  if (first !== 'VP8X') return readWebpFrame(bytes, view, 12)
  const canvas = { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  for (let at = 12; at < bytes.length;) {
    const chunk = textAt(bytes, at, 4)
    if (chunk === 'ANMF') return canvas // frames of an animation may be smaller
    const frame = readWebpFrame(bytes, view, at)
    if (frame !== null) return frame.width === canvas.width && frame.height === canvas.height ? canvas : null
    const length = view.getUint32(at + 4, true)
    at += 8 + length + (length % 2)
  }
  return null
}

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
