/** SHA-256 of bytes. They are not shared between threads, which digest() would refuse. */
export const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))

/** SHA-256 of bytes in hexadecimal, as pictures are named and parts of snapshots are checked. */
export const sha256Hex = async (bytes: Uint8Array): Promise<string> =>
  Array.from(await sha256(bytes), byte => byte.toString(16).padStart(2, '0')).join('')
