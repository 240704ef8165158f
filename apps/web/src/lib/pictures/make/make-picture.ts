import { PICTURE_LIMITS } from '@foyer/doc/policy'
import { sha256Hex } from '@foyer/doc/sha256'
import { sniffPicture } from '@foyer/doc/sniff-picture'
import { declaredPixels } from './declared-pixels.ts'
import { PictureError } from './picture-error.ts'
import { shrinkInWorker } from './shrink-in-worker.ts'
import type { ShrinkOptions, SmallPicture } from './shrink-picture.ts'

/** A picture with its name: the SHA-256 of the larger size's bytes, in hex. */
export interface MadePicture extends SmallPicture {
  sha256: string
}

/**
 * Checks an image file and creates a picture to store and upload.
 * @throws {PictureError}
 */
export const makePicture = async (
  file: Blob,
  options: ShrinkOptions = { keep: false }
): Promise<MadePicture> => {
  if (file.size > PICTURE_LIMITS.chosenBytes) throw new PictureError('too-large')
  try {
    const bytes = await bytesOf(file)
    const type = sniffPicture(bytes)
    if (type === null) throw new PictureError('wrong-type')
    const pixels = declaredPixels(bytes, type)
    if (pixels === null) throw new PictureError('broken')
    if (pixels > PICTURE_LIMITS.pixels) throw new PictureError('too-many-pixels')
    const picture = await shrinkInWorker(file.slice(0, file.size, type), options)
    return { ...picture, sha256: await sha256Hex(await bytesOf(picture.image)) }
  } catch (error) {
    throw error instanceof PictureError ? error : new PictureError('broken', { cause: error })
  }
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
