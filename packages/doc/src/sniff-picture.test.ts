import { expect, test } from 'vitest'
import { sniffPicture } from './sniff-picture.ts'

const bytes = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))

test('recognizes a picture by its first bytes', () => {
  expect(sniffPicture(bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'))).toBe('image/png')
  expect(sniffPicture(bytes('\xff\xd8\xff\xe1\0\x10Exif\0\0'))).toBe('image/jpeg')
  expect(sniffPicture(bytes('RIFF\x24\0\0\0WEBPVP8 '))).toBe('image/webp')
  expect(sniffPicture(bytes('GIF89a\x01\0\x01\0'))).toBe('image/gif')
  expect(sniffPicture(bytes('\0\0\0\x1cftypavif'))).toBe('image/avif')
})

test.each([
  '<svg xmlns="http:',
  '<?xml version="1',
  'not a picture',
  'RIFF\x24\0\0\0WAVEfmt ',
  '\x89PNG',
  ''
])('%j is none', text => {
  expect(sniffPicture(bytes(text))).toBeNull()
})
