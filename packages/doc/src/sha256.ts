/** SHA-256 of bytes that are not in a SharedArrayBuffer, which digest() refuses. */
export const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))

/** SHA-256 in hexadecimal, for names of pictures and checks of snapshot parts. */
export const sha256Hex = async (bytes: Uint8Array): Promise<string> =>
  Array.from(await sha256(bytes), byte => byte.toString(16).padStart(2, '0')).join('')
