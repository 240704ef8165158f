import { concatBytes, sha256 } from '../bytes.ts'
import { ApiError } from '../http/api-error.ts'
import { readPictureHeader, sniffPicture, type PictureHeader } from './picture-header.ts'

/** A request's body that was found to be a picture. */
export interface ReadPicture extends PictureHeader {
  bytes: Uint8Array
}

/**
 * Reads a request's body, never more of it than is allowed, and checks that it is a picture.
 * @param hash what its SHA-256 has to be; left out where anything may come
 * @throws {ApiError} too-large, wrong-hash, not-a-picture, broken-picture
 */
export const readPicture = async (
  request: Request,
  { mostBytes, hash }: { mostBytes: number; hash?: string }
): Promise<ReadPicture> => {
  const bytes = await readBody(request, mostBytes)
  if (hash !== undefined && (await sha256(bytes)) !== hash) {
    throw new ApiError(400, 'wrong-hash', 'These bytes are not those that the address names.')
  }
  if (sniffPicture(bytes) === null) {
    throw new ApiError(
      415,
      'not-a-picture',
      'Only WebP, PNG and JPEG pictures can be uploaded, no SVG and nothing else.'
    )
  }
  const header = readPictureHeader(bytes)
  if (header === null) {
    throw new ApiError(
      400,
      'broken-picture',
      'This picture is broken, or more than 10,000 pixels wide or high.'
    )
  }
  return { ...header, bytes }
}

const readBody = async ({ headers, body }: Request, mostBytes: number): Promise<Uint8Array> => {
  const tooLarge = () => new ApiError(413, 'too-large', `A picture here has at most ${mostBytes / 1024} KiB.`)
  if (Number(headers.get('content-length') ?? 0) > mostBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let length = 0
  // What it says of its length is not believed.
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > mostBytes) throw tooLarge()
    parts.push(part)
  }
  return concatBytes(parts)
}
