const EXTENSIONS = { 'image/webp': 'webp', 'image/png': 'png', 'image/jpeg': 'jpg' } as const
const FOLDER = 'pictures/'
const PATH = /^pictures\/([0-9a-f]{64})\.(webp|png|jpg)$/i

/** A picture's path in the zip; undefined for types that Foyer does not store. */
export const picturePath = (sha256: string, { type }: Blob): string | undefined => {
  const extension = (EXTENSIONS as Partial<Record<string, string>>)[type]
  return extension === undefined ? undefined : `${FOLDER}${sha256}.${extension}`
}

/** Parses a picture's path in the zip; undefined for other paths. */
export const parsePicturePath = (path: string): { sha256: string; type: string } | undefined => {
  const [, sha256, extension] = PATH.exec(path)?.map(part => part.toLowerCase()) ?? []
  const type = Object.entries(EXTENSIONS).find(entry => entry[1] === extension)?.[0]
  return sha256 === undefined || type === undefined ? undefined : { sha256, type }
}
