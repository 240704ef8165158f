import { isBounded, readPictureHeader } from '@foyer/doc/picture-header'

/** Checks that a picture can be shown. @throws if it cannot */
export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>, type: string) => Promise<void>

/** Checks the headers, as the server does, and decodes the pixels if the browser can. */
export const decodePicture: DecodePicture = async (bytes, type) => {
  const header = readPictureHeader(bytes)
  if (header?.isWhole !== true) throw new Error('these are not the bytes of one picture')
  if (!isBounded(header)) throw new Error('these are more pixels than should be decoded')
  if (typeof createImageBitmap === 'undefined') return
  const bitmap = await createImageBitmap(new Blob([bytes], { type }))
  bitmap.close()
}
