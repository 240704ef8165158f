import { BlobReader, ZipReader, type FileEntry } from './zip-library.ts'

/** One file in a zip, from the zip's directory. */
export interface ZipEntry {
  name: string
  /** Declared unpacked size in bytes; any other size counts as damage. */
  size: number
  packed: FileEntry
}

/** Not a zip, or a truncated one. */
export class NotAZipError extends Error {
  override name = 'NotAZipError'
}

export class TooManyEntriesError extends Error {
  override name = 'TooManyEntriesError'
}

/** A file in the zip does not unpack to what the directory declares. */
export class DamagedEntryError extends Error {
  override name = 'DamagedEntryError'
}

const STORED = 0
const DEFLATED = 8

/**
 * Lists a zip's entries without unpacking them.
 * @param max entries, including folders
 * @throws {NotAZipError}
 * @throws {TooManyEntriesError}
 */
export const listZip = async (file: Blob, max: number): Promise<ZipEntry[]> => {
  // Safe: names are only compared, never used as paths.
  const zip = new ZipReader(new BlobReader(file), { filenameValidation: 'tolerant' })
  const entries: ZipEntry[] = []
  let rows = 0
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (++rows > max) throw new TooManyEntriesError()
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

/** Normalizes Windows separators and leading "./". */
const tidyName = (name: string): string => name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')

/** Whether the file itself could not be read: it was deleted or changed. */
const isOfFile = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')

/**
 * Unpacks one file of a zip, at most to its declared size.
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
