import { SNIFFED_BYTES, sniffPicture } from '#lib/pictures/sniff-picture.ts'

/** Settles when a picture can be shown. @throws when it cannot be */
export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>, type: string) => Promise<void>

/** Looks at the first bytes, and at the rest where the browser offers to. */
export const decodePicture: DecodePicture = async (bytes, type) => {
  if (sniffPicture(bytes.subarray(0, SNIFFED_BYTES)) === null)
    throw new Error('these are no bytes of a picture')
  if (typeof createImageBitmap === 'undefined') return
  const bitmap = await createImageBitmap(new Blob([bytes], { type }))
  bitmap.close()
}
