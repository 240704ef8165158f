import { expect, test } from 'vitest'
import { declaredPixels } from './declared-pixels.ts'

const bytes = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))

const ispe = (width: string, height: string) => `\0\0\0\x14ispe\0\0\0\0\0\0${width}\0\0${height}`

test.each([
  ['a GIF', 'image/gif', 'GIF89a\x10\0\x20\0\0\0\0;', 16 * 32],
  [
    'a GIF whose frame is larger than its screen',
    'image/gif',
    'GIF89a\x10\0\x20\0\x80\0\0\0\0\0\0\0\0\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\xff\xff\xff\xff\0',
    65_535 ** 2
  ],
  [
    'an AVIF of tiles',
    'image/avif',
    `\0\0\0\x1cftypavif${ispe('\x01\0', '\x01\0')}${ispe('\x40\0', '\x20\0')}`,
    2 ** 27
  ],
  ['a PNG', 'image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x27\x10\0\0\x27\x10\x08\x02\0\0\0', 1e8],
  ['a GIF of no size', 'image/gif', 'GIF89a\0\0\x20\0\0\0\0;', null],
  ['a GIF that ends', 'image/gif', 'GIF89a\x10', null],
  ['an AVIF that says nothing', 'image/avif', '\0\0\0\x1cftypavif', null],
  ['a PNG that ends', 'image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', null]
] as const)('%s claims its pixels', (_what, type, text, pixels) => {
  expect(declaredPixels(bytes(text), type)).toBe(pixels)
})
