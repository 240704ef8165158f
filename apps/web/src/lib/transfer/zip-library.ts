import { configure } from '@zip.js/zip.js/lib/zip-core-custom.js'

/**
 * Configures zip.js to use the browser's streams on the main thread.
 * Its workers are blob URLs, which the content security policy forbids.
 * Chunks are small: they may unpack to a thousand times their size before a limit stops them.
 */
configure({ useWebWorkers: false, chunkSize: 16 * 1024 })

export { BlobReader, BlobWriter, ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js'
export type { FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js'
