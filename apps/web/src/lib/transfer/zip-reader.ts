import { BlobReader, ZipReader, type FileEntry } from './zip-library.ts'

/** One file in a zip, as the zip's directory tells of it. */
export interface ZipEntry {
  name: string
  /** Bytes, unpacked; what turns out to be another size is damaged. */
  size: number
  packed: FileEntry
}

/** No zip, or one that is not whole. */
export class NotAZipError extends Error {
  override name = 'NotAZipError'
}

export class TooManyEntriesError extends Error {
  override name = 'TooManyEntriesError'
}

/** A file in the zip cannot be unpacked to what the directory says of it. */
export class DamagedEntryError extends Error {
  override name = 'DamagedEntryError'
}

const STORED = 0
const DEFLATED = 8

/**
 * What a zip says that is in it; nothing is unpacked.
 * @param most entries, folders too
 * @throws {NotAZipError}
 * @throws {TooManyEntriesError} the rest is not looked at
 */
export const listZip = async (file: Blob, most: number): Promise<ZipEntry[]> => {
  // Names are looked up, never followed: a path that leads elsewhere does no harm.
  const zip = new ZipReader(new BlobReader(file), { filenameValidation: 'tolerant' })
  const entries: ZipEntry[] = []
  let rows = 0
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (++rows > most) throw new TooManyEntriesError()
      const isReadable = entry.compressionMethod === STORED || entry.compressionMethod === DEFLATED
      if (!isReadable || entry.encrypted) throw new NotAZipError('packed in a way that cannot be read')
      if (entry.directory) continue
      entries.push({ name: tidyName(entry.filename), size: entry.uncompressedSize, packed: entry })
    }
  } catch (error) {
    if (error instanceof TooManyEntriesError) throw error
    throw isOfFile(error) ? error : new NotAZipError('it cannot be read', { cause: error })
  }
  return entries
}

/** Some programs write Windows' own separators, or begin at the folder that they are in. */
const tidyName = (name: string): string => name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')

/** The browser cannot read the file itself: it is gone, or was changed. */
const isOfFile = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')

/**
 * Unpacks one file of a zip, to no more than the size that the directory tells.
 * @throws {DamagedEntryError}
 */
export const readZipEntry = async (
  { packed, size }: ZipEntry,
  yieldNow: () => Promise<void>
): Promise<Uint8Array<ArrayBuffer>> => {
  const bytes = new Uint8Array(size)
  let filled = 0
  const sink = new WritableStream<Uint8Array>({
    async write(piece) {
      if (filled + piece.length > size) throw new DamagedEntryError('it is larger than it says')
      bytes.set(piece, filled)
      filled += piece.length
      await yieldNow()
    }
  })
  try {
    await packed.getData(sink, { checkCrc32: true, checkOverlappingEntry: true })
  } catch (error) {
    throw isOfFile(error) ? error : new DamagedEntryError('it cannot be unpacked', { cause: error })
  }
  if (filled !== size) throw new DamagedEntryError('it is smaller than it says')
  return bytes
}
