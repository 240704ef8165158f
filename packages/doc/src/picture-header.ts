import { PICTURE_LIMITS } from './policy.ts'
import { sniffPicture } from './sniff-picture.ts'

/** What a picture's bytes say about it. Pixels are not decoded. */
export interface PictureHeader {
  type: KeptPictureType
  /** Pixels. */
  width: number
  height: number
  /** 1 unless it is an animation. */
  frames: number
  /** Do the bytes end where the format says that the picture ends? */
  isWhole: boolean
}

/** The picture types, among those browsers show, that are stored and sent. */
export type KeptPictureType = keyof typeof READERS

/** A flag in a WebP's VP8X chunk. */
const WEBP_ANIMATION = 0x02
/** Limit of scans in a JPEG; encoders write about ten. */
const MOST_SCANS = 100

/** The stored picture type that the bytes begin as; null for all others. */
export const sniffKeptPicture = (bytes: Uint8Array): KeptPictureType | null => {
  const type = sniffPicture(bytes)
  return type !== null && isKept(type) ? type : null
}

const isKept = (type: string): type is KeptPictureType => Object.hasOwn(READERS, type)

/**
 * Reads a picture's size from all of its bytes, as a decoder does.
 * @returns null if the header is unreadable or contradicts itself, such as with two sizes
 */
export const readPictureHeader = (bytes: Uint8Array): PictureHeader | null => {
  const type = sniffKeptPicture(bytes)
  if (type === null) return null
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const read = READERS[type](bytes, view)
    return read !== null && read.width > 0 && read.height > 0 ? { type, ...read } : null
  } catch (error) {
    if (error instanceof RangeError) return null // ends within its header
    throw error
  }
}

/** Is it small enough for a browser to decode? */
export const isBounded = ({ width, height, frames }: { width: number; height: number; frames: number }) =>
  Math.max(width, height) <= PICTURE_LIMITS.side && width * height * frames <= PICTURE_LIMITS.pixels

type Read = Omit<PictureHeader, 'type'>

interface Size {
  width: number
  height: number
}

/** Decodes ISO 8859-1, one character per byte; shorter at the end of the bytes. */
const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

/**
 * PNG specification, 5.2–5.6: chunks with their lengths; IHDR first and once, IEND last and empty.
 * APNG: acTL has the number of frames, each with one fcTL, none beyond the picture.
 */
const readPng = (bytes: Uint8Array, view: DataView): Read | null => {
  if (view.getUint32(8) !== 13 || textAt(bytes, 12, 4) !== 'IHDR') return null
  const size = { width: view.getUint32(16), height: view.getUint32(20) }
  let told = 0
  let frames = 0
  for (let at = 33; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    const chunk = textAt(bytes, at + 4, 4)
    const end = at + 12 + length
    if (!/^[A-Za-z]{4}$/.test(chunk) || chunk === 'IHDR') return null
    if (chunk === 'acTL') {
      if (length !== 8 || told > 0) return null
      told = view.getUint32(at + 8)
      if (told === 0) return null
    }
    if (chunk === 'fcTL') {
      frames++
      if (length !== 26 || !isInPng(view, at, size)) return null
    }
    if (chunk === 'IEND') {
      if (length !== 0 || told !== frames) return null
      return { ...size, frames: Math.max(1, frames), isWhole: end === bytes.length }
    }
    at = end
  }
  return { ...size, frames: Math.max(1, told, frames), isWhole: false }
}

const isInPng = (view: DataView, at: number, { width, height }: Size): boolean =>
  view.getUint32(at + 20) + view.getUint32(at + 12) <= width &&
  view.getUint32(at + 24) + view.getUint32(at + 16) <= height

/**
 * ITU T.81, B.1.1.4 and B.2.2: segments with their lengths, with scans of pixels between them, up
 * to the end of the image. Exactly one frame header (SOF): a second one, a hierarchy or a later
 * number of lines would give another size. Scans are limited, since each scan of a progressive
 * picture covers all of its pixels.
 */
const readJpeg = (bytes: Uint8Array, view: DataView): Read | null => {
  let size: Size | null = null
  let scans = 0
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
    // Invalid: a marker without a length, pixels before a size, or a size after them.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || [0xdc, 0xde, 0xdf].includes(marker))
      return null
    if (marker === 0xda && size === null) return null
    if (at + 4 > bytes.length) return size && { ...size, frames: 1, isWhole: false }
    const length = view.getUint16(at + 2)
    if (length < 2) return null
    const isFrame = marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      const components = view.getUint8(at + 9)
      if (size !== null || components === 0 || length !== 8 + 3 * components) return null
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += 2 + length
    if (marker === 0xda) {
      if (++scans > MOST_SCANS) return null
      at = endOfScan(bytes, at)
    }
  }
}

/** Within a scan, 0xff is followed by 0 or begins a restart marker. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes[at + 1] ?? 0
    if (next === 0xff)
      at-- // fill byte: the next one may begin a marker
    else if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

/**
 * RFC 9649: a RIFF whose first chunk is VP8, VP8L or VP8X. The canvas of VP8X has the size of its
 * single frame, or contains the frames of an animation, each with a size of its own.
 */
const readWebp = (bytes: Uint8Array, view: DataView): Read | null => {
  const chunks = webpChunks(bytes, view, 12, bytes.length)
  const [first] = chunks
  if (first === undefined) return null
  const isWhole =
    view.getUint32(4, true) + 8 === bytes.length && chunks.every(({ end }) => end <= bytes.length)
  if (first.name !== 'VP8X') {
    const frame = readWebpFrame(bytes, view, first.at)
    return frame && { ...frame, frames: 1, isWhole }
  }
  const isAnimation = (view.getUint8(20) & WEBP_ANIMATION) !== 0
  const canvas = { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  if (chunks.some(({ name, at }) => name === 'VP8X' && (at > 12 || view.getUint32(at + 4, true) !== 10)))
    return null
  const moving = chunks.filter(({ name }) => name === 'ANMF')
  if (!moving.every(chunk => isWebpMove(bytes, view, chunk, canvas))) return null
  // With neither, both, or two stills, decoders may differ in what they show.
  const stills = stillsOf(bytes, view, chunks)
  const isClear = isAnimation
    ? moving.length > 0 && stills.length === 0
    : moving.length === 0 && isOnly(stills, canvas)
  return isClear ? { ...canvas, frames: Math.max(1, moving.length), isWhole } : null
}

interface WebpChunk {
  name: string
  at: number
  /** Without the byte that pads it to an even length. */
  end: number
}

const webpChunks = (bytes: Uint8Array, view: DataView, from: number, to: number): WebpChunk[] => {
  const chunks: WebpChunk[] = []
  for (let at = from; at + 8 <= to;) {
    const length = view.getUint32(at + 4, true)
    chunks.push({ name: textAt(bytes, at, 4), at, end: at + 8 + length })
    at += 8 + length + (length % 2)
  }
  return chunks
}

/** Does the animation frame lie within the canvas and hold a picture of its size? */
const isWebpMove = (bytes: Uint8Array, view: DataView, { at, end }: WebpChunk, canvas: Size): boolean => {
  const size = { width: 1 + uint24(view, at + 14), height: 1 + uint24(view, at + 17) }
  const [x, y] = [2 * uint24(view, at + 8), 2 * uint24(view, at + 11)] // in units of two pixels
  if (x + size.width > canvas.width || y + size.height > canvas.height) return false
  if (end > bytes.length) return true // truncated: `isWhole` is false
  const inner = webpChunks(bytes, view, at + 24, end)
  return inner.every(chunk => chunk.end <= end) && isOnly(stillsOf(bytes, view, inner), size)
}

const stillsOf = (bytes: Uint8Array, view: DataView, chunks: WebpChunk[]): Size[] =>
  chunks.map(({ at }) => readWebpFrame(bytes, view, at)).filter(frame => frame !== null)

const isOnly = (frames: Size[], { width, height }: Size): boolean =>
  frames.length === 1 && frames.every(frame => frame.width === width && frame.height === height)

/**
 * RFC 6386, 9.1, and RFC 9649, 3.4: the size in a lossy or lossless frame; null if the chunk is
 * neither.
 */
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
