import { ApiError } from './api-error.ts'

/** A SHA-256 as addresses and documents have it. @throws {ApiError} 400 */
export const parseSha256 = (text: string): string => {
  if (/^[0-9a-f]{64}$/.test(text)) return text
  throw new ApiError(400, 'bad-input', 'This is not a SHA-256: 64 hexadecimal digits in lower case.')
}
