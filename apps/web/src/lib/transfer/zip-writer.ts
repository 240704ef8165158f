import { BlobReader, BlobWriter, ZipWriter } from './zip-library.ts'

/** A file to add to a zip. */
export interface ZipSource {
  name: string
  content: Blob
  /** Stored uncompressed, as pictures are compressed already. */
  isPacked: boolean
}

/** Packs files one by one into a Blob, which the browser may keep on disk. */
export const writeZip = async (sources: AsyncIterable<ZipSource> | Iterable<ZipSource>): Promise<Blob> => {
  const zip = new ZipWriter(new BlobWriter('application/zip'), { extendedTimestamp: false })
  for await (const { name, content, isPacked } of sources) {
    await zip.add(name, new BlobReader(content), isPacked ? { level: 0 } : {})
  }
  return zip.close()
}
