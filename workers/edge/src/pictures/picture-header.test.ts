import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latin1, madePng, pictureBytes, PICTURES, type PictureName } from '../../test/pictures.ts'
import { readPictureHeader, sniffPicture } from './picture-header.ts'

const NAMES = Object.keys(PICTURES) as PictureName[]

/** The picture with a few bytes replaced. */
const patched = (name: PictureName, at: number, ...bytes: number[]) => {
  const picture = pictureBytes(name)
  picture.set(bytes, at)
  return picture
}
const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap(part => [...part]))
/** Where the JPEG's frame header tells the height, then the width. */
const SOF = pictureBytes('jpeg').findIndex((byte, at, all) => byte === 0xff && all[at + 1] === 0xc0)

it.each(NAMES)('reads the size of a %s', name => {
  expect(readPictureHeader(pictureBytes(name))).toEqual({
    type: `image/${name.split(' ').at(-1)!}`,
    width: 7,
    height: 5
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
  expect(sniffPicture(latin1(text))).toBeNull()
  expect(readPictureHeader(latin1(text))).toBeNull()
})

describe.each(NAMES)('a %s', name => {
  it('that ends early is broken, wherever it does', () => {
    const picture = pictureBytes(name)
    for (let end = 0; end < picture.length; end++) {
      expect(readPictureHeader(picture.slice(0, end)), `${end} bytes`).toBeNull()
    }
  })

  it('with something behind it is broken: it could be another file too', () => {
    for (const more of ['<script>', 'PK\x03\x04', '\0']) {
      expect(readPictureHeader(joined(pictureBytes(name), latin1(more)))).toBeNull()
    }
  })

  it('with any bytes changed is read within the limits or not at all, and always quickly', () => {
    const changes = fc.array(fc.tuple(fc.nat(pictureBytes(name).length - 1), fc.nat(255)), { maxLength: 6 })
    fc.assert(
      fc.property(changes, changes => {
        const picture = pictureBytes(name)
        for (const [at, byte] of changes) picture[at] = byte
        const read = readPictureHeader(picture)
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
  ['a WebP of unknown chunks', patched('lossy webp', 12, ...latin1('ABCD'))]
])('finds %s broken', (_what, bytes) => {
  expect(sniffPicture(bytes)).not.toBeNull()
  expect(readPictureHeader(bytes)).toBeNull()
})

it('takes the largest that there may be', () => {
  expect(readPictureHeader(madePng(10_000, 10_000))).toMatchObject({ width: 10_000, height: 10_000 })
})
