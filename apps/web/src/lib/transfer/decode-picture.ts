import { isBounded, readPictureHeader } from '@foyer/doc/picture-header'

/** Settles when a picture can be shown. @throws when it cannot be */
export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>, type: string) => Promise<void>

/** Looks at what it says of itself, as the server will, and at the pixels where the browser offers to. */
export const decodePicture: DecodePicture = async (bytes, type) => {
  const header = readPictureHeader(bytes)
  if (header?.isWhole !== true) throw new Error('these are not the bytes of one picture')
  if (!isBounded(header)) throw new Error('these are more pixels than should be decoded')
  if (typeof createImageBitmap === 'undefined') return
  const bitmap = await createImageBitmap(new Blob([bytes], { type }))
  bitmap.close()
}
