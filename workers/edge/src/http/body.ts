import { concatBytes } from '../bytes.ts'
import { ApiError } from './api-error.ts'

/** Largest JSON body, on every route. */
const JSON_BYTES = 64 * 1024

/**
 * Reads a body up to a limit, whatever its content-length claims.
 * @throws {ApiError} 413 too-large
 */
export const readBody = async ({ headers, body }: Request, mostBytes: number): Promise<Uint8Array> => {
  const tooLarge = () => new ApiError(413, 'too-large', `A body here has at most ${mostBytes / 1024} KiB.`)
  if (Number(headers.get('content-length') ?? 0) > mostBytes) throw tooLarge()
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length
    if (length > mostBytes) throw tooLarge()
    parts.push(part)
  }
  return concatBytes(parts)
}

/** A JSON body, and a request with the same body to read again. */
export interface JsonBody {
  value: unknown
  request: Request
}

/**
 * Reads a body of JSON, at most 64 KiB.
 * @param mayBeEmpty no body at all is undefined
 * @throws {ApiError} too-large, not-json, bad-json
 */
export const readJson = async (request: Request, { mayBeEmpty = false } = {}): Promise<JsonBody> => {
  const isEncoded = (request.headers.get('content-encoding') ?? 'identity') !== 'identity'
  if (isEncoded) throw new ApiError(415, 'not-json', 'Bodies are not compressed here.')
  const bytes = await readBody(request, JSON_BYTES)
  const { url, method, headers } = request
  if (mayBeEmpty && bytes.length === 0) {
    return { value: undefined, request: new Request(url, { method, headers: withoutBody(headers) }) }
  }
  if (!/^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new ApiError(415, 'not-json', 'Send application/json.')
  }
  const value = parse(bytes)
  const read = new Headers(headers)
  read.set('content-length', String(bytes.length))
  return { value, request: new Request(url, { method, headers: read, body: new Uint8Array(bytes) }) }
}

const withoutBody = (headers: Headers): Headers => {
  const rest = new Headers(headers)
  rest.delete('content-length')
  rest.delete('content-type')
  return rest
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
    return JSON.parse(text, requireWholeCharacters)
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError(400, 'bad-json', 'This is not JSON.')
  }
}

/**
 * JSON can escape a lone surrogate (`"\ud800"`), which UTF-8 and so the database cannot represent.
 */
const requireWholeCharacters = (key: string, value: unknown): unknown => {
  if (key.isWellFormed() && (typeof value !== 'string' || value.isWellFormed())) return value
  throw new ApiError(400, 'bad-json', 'A text in this JSON holds half a character.')
}
