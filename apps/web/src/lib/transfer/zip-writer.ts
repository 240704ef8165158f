import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { createBreath } from '#lib/ui/breath.ts'

/** A file to be put into a zip. */
export interface ZipSource {
  name: string
  content: Blob
  /** Pictures are packed already. */
  isPacked: boolean
}

const PIECE_BYTES = 256 * 1024

/** Packs files one after the other, without freezing the page. */
export const writeZip = async (sources: AsyncIterable<ZipSource> | Iterable<ZipSource>): Promise<Blob> => {
  const parts: Blob[] = []
  const breathe = createBreath()
  const errors: Error[] = []
  const zip = new Zip((error, piece) => {
    // As a Blob the browser may keep it outside of memory.
    if (error === null) parts.push(new Blob([piece]))
    else errors.push(error)
  })
  for await (const { name, content, isPacked } of sources) {
    const bytes = new Uint8Array(await content.arrayBuffer())
    const entry = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name)
    zip.add(entry)
    let at = 0
    do {
      entry.push(bytes.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= bytes.length)
      at += PIECE_BYTES
      await breathe()
    } while (at < bytes.length)
  }
  zip.end()
  if (errors[0] !== undefined) throw errors[0]
  return new Blob(parts, { type: 'application/zip' })
}
