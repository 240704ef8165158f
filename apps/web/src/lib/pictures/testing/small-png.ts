/** A PNG of 4 × 3 pixels without data. @param text Latin letters that make files distinct */
export const smallPng = (text = ''): Uint8Array<ArrayBuffer> => {
  const length = String.fromCharCode(text.length >>> 8, text.length & 0xff)
  const note = `\0\0${length}tEXt${text}CRC.`
  return Uint8Array.from(
    `\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x04\0\0\0\x03\x08\x02\0\0\0CRC.${note}\0\0\0\0IENDCRC.`,
    character => character.charCodeAt(0)
  )
}
