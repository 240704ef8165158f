/** A PNG of 4 × 3 pixels whose header and end are right; `text` stands between them and makes it another picture. */
export const smallPng = (text = ''): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    `\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x04\0\0\0\x03\x08\x02\0\0\0CRC.${text}\0\0\0\0IENDCRC.`,
    character => character.charCodeAt(0)
  )
