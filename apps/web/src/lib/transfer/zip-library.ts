import { configure } from '@zip.js/zip.js/lib/zip-core-custom.js'

/**
 * How zip.js works here: with the browser's own streams, in the page. Its workers would be blob URLs, which the
 * content security policy forbids. A piece of packed bytes unpacks to a thousand times as many at most; they are
 * small, so that what grows too large is stopped before it has grown.
 */
configure({ useWebWorkers: false, chunkSize: 16 * 1024 })

export { BlobReader, BlobWriter, ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js'
export type { FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js'
