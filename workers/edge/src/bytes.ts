/** Largest blob of a database row. */
const PART_BYTES = 1_000_000

/** Splits bytes into blobs for database rows; one empty part for no bytes. */
export const splitBytes = (bytes: Uint8Array, partBytes = PART_BYTES): Uint8Array[] => {
  const parts: Uint8Array[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += partBytes)
    parts.push(bytes.subarray(at, at + partBytes))
  return parts
}

export const concatBytes = (parts: Uint8Array[]): Uint8Array => {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
