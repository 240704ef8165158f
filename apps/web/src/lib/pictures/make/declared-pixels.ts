import { readPictureHeader } from '@foyer/doc/picture-header'
import type { PictureType } from '@foyer/doc/sniff-picture'

/** The pixels of a picture's first frame according to its headers; null if they do not say. */
export const declaredPixels = (bytes: Uint8Array, type: PictureType): number | null => {
  const sizes =
    type === 'image/gif' ? gifSizes(bytes) : type === 'image/avif' ? avifSizes(bytes) : ownSize(bytes)
  const pixels = sizes.map(([width, height]) => width * height)
  return pixels.length === 0 || pixels.includes(0) ? null : Math.max(...pixels)
}

type Size = [width: number, height: number]

const ownSize = (bytes: Uint8Array): Size[] => {
  const header = readPictureHeader(bytes)
  return header === null ? [] : [[header.width, header.height]]
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** GIF89a, 18 and 20: logical screen and first frame; browsers use the larger one. */
const gifSizes = (bytes: Uint8Array): Size[] => {
  if (bytes.length < 13) return []
  const view = viewOf(bytes)
  const sizes: Size[] = [[view.getUint16(6, true), view.getUint16(8, true)]]
  const flags = view.getUint8(10)
  let at = 13 + ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))
  while (bytes[at] === 0x21) {
    at += 2
    while ((bytes[at] ?? 0) !== 0) at += 1 + (bytes[at] ?? 0)
    at++
  }
  if (bytes[at] === 0x2c && at + 9 <= bytes.length) {
    const numberAt = (offset: number) => view.getUint16(at + offset, true)
    sizes.push([numberAt(1) + numberAt(5), numberAt(3) + numberAt(7)])
  }
  return sizes
}

const ISPE = [0x69, 0x73, 0x70, 0x65] as const

/** ISO 23008-12, 6.5.3: an `ispe` box per image in the file, the whole and its tiles. */
const avifSizes = (bytes: Uint8Array): Size[] => {
  const view = viewOf(bytes)
  const sizes: Size[] = []
  for (let at = bytes.indexOf(ISPE[0]); at !== -1; at = bytes.indexOf(ISPE[0], at + 1)) {
    if (!ISPE.every((byte, index) => bytes[at + index] === byte) || at + 16 > bytes.length) continue
    sizes.push([view.getUint32(at + 8), view.getUint32(at + 12)])
  }
  return sizes
}
