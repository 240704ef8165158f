/** Real pictures of 7 × 5 pixels, as libvips makes them. */
export const PICTURES = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFCAIAAAAG+GGPAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQI12PgEpHDRAw0EgUAwO0INSANYqkAAAAASUVORK5CYII=',
  jpeg: '/9j/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAFAAcDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJIBD//Z',
  'progressive jpeg':
    '/9j/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wgARCAAFAAcDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAVAQEBAAAAAAAAAAAAAAAAAAAAAf/aAAwDAQACEAMQAAABkCf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAEFAn//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/AX//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/AX//xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAY/An//xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/IX//2gAMAwEAAgADAAAAEA//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/EH//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/EH//xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAE/EH//2Q==',
  'lossy webp': 'UklGRigAAABXRUJQVlA4IBwAAABwAQCdASoHAAUABUB8JZQCdAFAAAD+8BmP1qAA',
  'lossless webp': 'UklGRh4AAABXRUJQVlA4TBEAAAAvBgABAAdQiirUo/+BiOh/AAA=',
  'extended webp':
    'UklGRkwAAABXRUJQVlA4WAoAAAAQAAAABgAABAAAQUxQSAoAAAABB1DAiAhERP8DVlA4IBwAAABwAQCdASoHAAUABUB8JZQCdAFAAAD+8BmP1qAA'
} as const

export type PictureName = keyof typeof PICTURES

export const pictureBytes = (name: PictureName): Uint8Array<ArrayBuffer> => latin1(atob(PICTURES[name]))

/** Each character one byte. */
export const latin1 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, character => character.charCodeAt(0))

/** One chunk of a PNG, without a checksum. */
export const pngChunk = (name: string, content: Uint8Array): Uint8Array<ArrayBuffer> => {
  const chunk = new Uint8Array(12 + content.length)
  new DataView(chunk.buffer).setUint32(0, content.length)
  chunk.set(latin1(name), 4)
  chunk.set(content, 8)
  return chunk
}

/**
 * A PNG of any size, in numbers: its header is right, and there is nothing in it; `seed` makes it
 * unique.
 */
export const madePng = (width: number, height: number, seed = '', bytes = 0): Uint8Array<ArrayBuffer> => {
  const png = pictureBytes('png')
  const view = new DataView(png.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  const text = latin1(seed.padEnd(bytes - png.length - 12, '\0'))
  return new Uint8Array([...png.slice(0, -12), ...pngChunk('tEXt', text), ...png.slice(-12)])
}
