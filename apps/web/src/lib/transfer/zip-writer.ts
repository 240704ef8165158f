import { BlobReader, BlobWriter, ZipWriter } from './zip-library.ts'

/** A file to be put into a zip. */
export interface ZipSource {
  name: string
  content: Blob
  /** Pictures are packed already. */
  isPacked: boolean
}

/** Packs files one after the other. As a Blob the browser may keep the zip outside of memory. */
export const writeZip = async (sources: AsyncIterable<ZipSource> | Iterable<ZipSource>): Promise<Blob> => {
  const zip = new ZipWriter(new BlobWriter('application/zip'), { extendedTimestamp: false })
  for await (const { name, content, isPacked } of sources) {
    await zip.add(name, new BlobReader(content), isPacked ? { level: 0 } : {})
  }
  return zip.close()
}
