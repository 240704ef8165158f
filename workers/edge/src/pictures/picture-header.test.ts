import { isBounded, readPictureHeader, sniffKeptPicture } from '@foyer/doc/picture-header'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latin1, madePng, pictureBytes, pngChunk, PICTURES, type PictureName } from '../../test/pictures.ts'

const NAMES = Object.keys(PICTURES) as PictureName[]

/** The picture with a few bytes replaced. */
const patched = (name: PictureName, at: number, ...bytes: number[]) => {
  const picture = pictureBytes(name)
  picture.set(bytes, at)
  return picture
}
const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap(part => [...part]))

/** As the server takes pictures in: whole, and of a bounded size. */
const readWhole = (bytes: Uint8Array) => {
  const header = readPictureHeader(bytes)
  return header?.isWhole === true && isBounded(header) ? header : null
}

/** Where the JPEG's frame header tells the height, then the width. */
const SOF = pictureBytes('jpeg').findIndex((byte, at, all) => byte === 0xff && all[at + 1] === 0xc0)
const JPEG = pictureBytes('jpeg')
const SCAN = JPEG.slice(
  JPEG.findIndex((byte, at, all) => byte === 0xff && all[at + 1] === 0xda),
  -2
)
const beforeEnd = (more: Uint8Array) => joined(JPEG.slice(0, -2), more, JPEG.slice(-2))

const frames = (count: number) => Array.from({ length: count }, (): Frame => [1_000, 1_000])
type Frame = readonly [width: number, height: number, x?: number, y?: number]
const big = (...values: number[]) => {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (const [index, value] of values.entries()) view.setUint32(4 * index, value)
  return new Uint8Array(view.buffer)
}
/** A PNG with more chunks behind its header. */
const pngWith = (width: number, height: number, ...chunks: Uint8Array[]) => {
  const png = madePng(width, height)
  return joined(png.slice(0, 33), ...chunks, png.slice(33))
}
const fcTL = ([width, height, x = 0, y = 0]: Frame, at = 0) =>
  pngChunk('fcTL', joined(big(at, width, height, x, y), new Uint8Array(6)))
const acTL = (told: number) => pngChunk('acTL', big(told, 0))
/** A PNG with the frame headers of an animation, and no pixels. */
const animatedPng = (width: number, height: number, sizes: Frame[], told = sizes.length) =>
  pngWith(width, height, acTL(told), ...sizes.map(fcTL))

const little = (bytes: number, ...values: number[]) =>
  Uint8Array.from(
    values.flatMap(value => Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 0xff))
  )
const riff = (...chunks: Uint8Array[]) => {
  const content = joined(latin1('WEBP'), ...chunks)
  return joined(latin1('RIFF'), little(4, content.length), content)
}
const chunkOf = (name: string, content: Uint8Array) =>
  joined(latin1(name), little(4, content.length), content, new Uint8Array(content.length % 2))
const vp8x = (width: number, height: number, flags = 0) =>
  chunkOf('VP8X', joined(little(4, flags), little(3, width - 1, height - 1)))
const vp8l = (width: number, height: number) =>
  chunkOf('VP8L', joined(latin1('\x2f'), little(4, (width - 1) | ((height - 1) << 14))))
const ANIMATION = 2
const anmf = (x: number, y: number, width: number, height: number, ...inner: Uint8Array[]) =>
  chunkOf('ANMF', joined(little(3, x, y, width - 1, height - 1, 100), new Uint8Array(1), ...inner))
const move = (width: number, height: number) => anmf(0, 0, width, height, vp8l(width, height))
const frameOf = (name: PictureName) => pictureBytes(name).slice(12)
const animatedWebp = (count: number) =>
  riff(vp8x(1_000, 1_000, ANIMATION), ...Array.from({ length: count }, () => move(999, 1_000)))

it.each(NAMES)('reads the size of a %s', name => {
  expect(readWhole(pictureBytes(name))).toEqual({
    type: `image/${name.split(' ').at(-1)!}`,
    width: 7,
    height: 5,
    frames: 1,
    isWhole: true
  })
})

it.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['SVG with a declaration', '<?xml version="1.0"?><svg/>'],
  ['GIF', 'GIF89a\x01\0\x01\0\0\0\0;'],
  ['HTML', '<!doctype html><script>alert(1)</script>'],
  ['a sound in a RIFF', 'RIFF\x04\0\0\0WAVE'],
  ['AVIF', '\0\0\0\x20ftypavif'],
  ['nothing', ''],
  ['HTML before a picture', `<script></script>${atob(PICTURES.png)}`]
])('takes %s for no picture', (_what, text) => {
  expect(sniffKeptPicture(latin1(text))).toBeNull()
  expect(readWhole(latin1(text))).toBeNull()
})

describe.each(NAMES)('a %s', name => {
  it('that ends early is broken, wherever it does', () => {
    const picture = pictureBytes(name)
    for (let end = 0; end < picture.length; end++) {
      expect(readWhole(picture.slice(0, end)), `${end} bytes`).toBeNull()
    }
  })

  it('with something behind it is broken: it could be another file too', () => {
    for (const more of ['<script>', 'PK\x03\x04', '\0']) {
      expect(readWhole(joined(pictureBytes(name), latin1(more)))).toBeNull()
    }
  })

  it('with any bytes changed is read within the limits or not at all, and always quickly', () => {
    const changes = fc.array(fc.tuple(fc.nat(pictureBytes(name).length - 1), fc.nat(255)), { maxLength: 6 })
    fc.assert(
      fc.property(changes, changes => {
        const picture = pictureBytes(name)
        for (const [at, byte] of changes) picture[at] = byte
        const read = readWhole(picture)
        for (const pixels of [read?.width ?? 1, read?.height ?? 1]) {
          expect(pixels).toBeGreaterThanOrEqual(1)
          expect(pixels).toBeLessThanOrEqual(10_000)
        }
      })
    )
  })
})

it.each([
  ['a PNG without a side', madePng(0, 5)],
  ['a PNG of four billion pixels', madePng(0xffffffff, 0xffffffff)],
  ['a PNG just too wide', madePng(10_001, 1)],
  ['a PNG that begins with another chunk', patched('png', 12, ...latin1('tEXt'))],
  ['a JPEG without lines', patched('jpeg', SOF + 5, 0, 0)],
  ['a JPEG of 65,535 lines', patched('jpeg', SOF + 5, 0xff, 0xff)],
  ['a JPEG whose segment claims no length', patched('jpeg', 4, 0, 0)],
  ['a JPEG whose segment goes beyond its end', patched('jpeg', 4, 0xff, 0xff)],
  ['a JPEG that has pixels before a size', latin1('\xff\xd8\xff\xda\0\x08\x01\x01\0\0\x3f\0\xff\xd9')],
  ['a JPEG of fill bytes', joined(latin1('\xff\xd8'), new Uint8Array(1_000).fill(0xff), latin1('\xff\xd9'))],
  ['a lossy WebP without a width', patched('lossy webp', 26, 0, 0)],
  ['a lossy WebP that is wider than covers are', patched('lossy webp', 26, 0xff, 0x3f)],
  ['a WebP that claims another length', patched('lossy webp', 4, 0xff)],
  ['a lossless WebP with another signature', patched('lossless webp', 20, 0)],
  ['a WebP whose canvas is not the size of its frame', patched('extended webp', 24, 200)],
  ['a WebP that has a canvas and no frame', patched('extended webp', 48, ...latin1('EXIF'))],
  ['a WebP of unknown chunks', patched('lossy webp', 12, ...latin1('ABCD'))],
  ['a PNG of two headers', joined(madePng(7, 5).slice(0, 33), madePng(9_000, 4_000).slice(8))],
  ['a PNG with a frame that is larger than itself', animatedPng(7, 5, [[8, 5]])],
  ['a PNG with a frame that goes beyond itself', animatedPng(7, 5, [[7, 5, 1, 0]])],
  [
    'a PNG that tells of fewer frames than it has',
    animatedPng(
      7,
      5,
      [
        [7, 5],
        [7, 5]
      ],
      1
    )
  ],
  ['a PNG with frames and no word of them', pngWith(7, 5, fcTL([7, 5]))],
  ['a PNG that tells twice how many frames it has', pngWith(7, 5, acTL(1), acTL(1), fcTL([7, 5]))],
  ['a PNG of no frames', animatedPng(7, 5, [])],
  ['a PNG with a second header of another length', pngWith(7, 5, pngChunk('IHDR', big(9_000, 9_000)))],
  ['a PNG that ends twice', joined(madePng(7, 5), madePng(7, 5).slice(-12))],
  ['a PNG whose chunk goes beyond its end', pngWith(7, 5, big(0xfffffff0), latin1('tEXt'))],
  ['a PNG of what are no chunks', pngWith(7, 5, new Uint8Array(100))],
  ['a PNG of a hundred million pixels', madePng(10_000, 10_000)],
  ['a PNG just over 40 million pixels', madePng(8_001, 5_000)],
  ['a PNG of 41 frames of a million pixels', animatedPng(1_000, 1_000, frames(41))],
  ['a JPEG of two frame headers', joined(JPEG.slice(0, SOF + 19), JPEG.slice(SOF))],
  ['a JPEG whose second scan brings another frame', beforeEnd(JPEG.slice(SOF, SOF + 19))],
  ['a JPEG that says how many lines it has when they are over', beforeEnd(latin1('\xff\xdc\0\x04\xff\xff'))],
  ['a JPEG whose frame header is shorter than it has to be', patched('jpeg', SOF + 3, 8)],
  [
    'a JPEG of more scans than any encoder makes',
    beforeEnd(joined(...Array.from({ length: 200 }, () => SCAN)))
  ],
  ['a JPEG with another picture behind it', joined(JPEG, JPEG)],
  ['a WebP of two canvases', riff(vp8x(7, 5), vp8x(7, 5), frameOf('lossy webp'))],
  ['a WebP of two stills', riff(vp8x(7, 5), frameOf('lossy webp'), frameOf('lossless webp'))],
  ['a WebP with a frame beside its canvas', riff(vp8x(7, 5, ANIMATION), anmf(1, 0, 7, 5, vp8l(7, 5)))],
  [
    'a WebP whose frame holds a larger picture',
    riff(vp8x(7, 5, ANIMATION), anmf(0, 0, 7, 5, vp8l(9_000, 9_000)))
  ],
  [
    'a WebP whose frame holds two pictures',
    riff(vp8x(7, 5, ANIMATION), anmf(0, 0, 7, 5, vp8l(7, 5), vp8l(7, 5)))
  ],
  ['a WebP whose frame holds none', riff(vp8x(7, 5, ANIMATION), anmf(0, 0, 7, 5))],
  [
    'a WebP whose frame’s picture goes beyond it',
    riff(vp8x(7, 5, ANIMATION), anmf(0, 0, 7, 5, vp8l(7, 5).slice(0, -3)))
  ],
  ['a WebP that moves and says that it does not', riff(vp8x(7, 5), move(7, 5))],
  ['a WebP that says that it moves and does not', riff(vp8x(7, 5, ANIMATION), vp8l(7, 5))],
  ['a WebP that moves and has a still', riff(vp8x(7, 5, ANIMATION), vp8l(7, 5), move(7, 5))],
  ['a WebP whose canvas claims another length', riff(chunkOf('VP8X', new Uint8Array(12)), vp8l(1, 1))],
  [
    'a WebP whose last chunk goes beyond its end',
    riff(vp8x(7, 5), vp8l(7, 5), chunkOf('EXIF', new Uint8Array(8)).slice(0, -4))
  ],
  ['a WebP of 41 frames of a million pixels', animatedWebp(41)]
])('finds %s broken', (_what, bytes) => {
  expect(sniffKeptPicture(bytes)).not.toBeNull()
  expect(readWhole(bytes)).toBeNull()
})

it('accepts the largest allowed picture', () => {
  expect(readWhole(madePng(8_000, 5_000))).toMatchObject({ width: 8_000, height: 5_000 })
  expect(readWhole(madePng(10_000, 4_000))).toMatchObject({ width: 10_000, height: 4_000 })
  expect(readWhole(animatedPng(1_000, 1_000, frames(40)))).toMatchObject({ frames: 40 })
  expect(
    readWhole(
      animatedPng(7, 5, [
        [7, 5],
        [3, 2, 4, 3]
      ])
    )
  ).toMatchObject({ frames: 2 })
  expect(readWhole(animatedWebp(40))).toMatchObject({ frames: 40 })
})
