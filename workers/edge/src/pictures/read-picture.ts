import { isBounded, readPictureHeader, sniffKeptPicture, type PictureHeader } from '@foyer/doc/picture-header'
import { sha256Hex } from '@foyer/doc/sha256'
import { ApiError } from '../http/api-error.ts'
import { readBody } from '../http/body.ts'

/** A request's body, verified as a picture. */
export interface ReadPicture extends PictureHeader {
  bytes: Uint8Array
}

/**
 * Reads a request's body up to a limit and checks that it is a picture.
 * @param hash the expected SHA-256; any if omitted
 * @throws {ApiError} too-large, wrong-hash, not-a-picture, broken-picture
 */
export const readPicture = async (
  request: Request,
  { mostBytes, hash }: { mostBytes: number; hash?: string }
): Promise<ReadPicture> => {
  const bytes = await readBody(request, mostBytes)
  if (hash !== undefined && (await sha256Hex(bytes)) !== hash) {
    throw new ApiError(400, 'wrong-hash', 'These bytes are not those that the address names.')
  }
  if (sniffKeptPicture(bytes) === null) {
    throw new ApiError(
      415,
      'not-a-picture',
      'Only WebP, PNG and JPEG pictures can be uploaded, no SVG and nothing else.'
    )
  }
  const header = readPictureHeader(bytes)
  // Trailing bytes could make it a polyglot file.
  if (header?.isWhole !== true) throw new ApiError(400, 'broken-picture', 'This picture is broken.')
  if (!isBounded(header)) {
    throw new ApiError(
      413,
      'too-large',
      'A picture has at most 10,000 pixels on each side, and 40 million in all its frames.'
    )
  }
  return { ...header, bytes }
}
