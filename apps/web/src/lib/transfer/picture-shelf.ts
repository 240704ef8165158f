/** Where pictures are kept and had from. */
export interface PictureShelf {
  /** From the device, or else from the network; undefined where neither has it. */
  read(sha256: string): Promise<Blob | undefined>
  /**
   * @param expectedSha256 kept as it is, under this name
   * @param workspaceId whose it is; else that of the open one
   * @throws {PictureError} it is not kept
   */
  put(
    image: Blob,
    expectedSha256?: string,
    workspaceId?: string
  ): Promise<{ image: string; width: number; height: number }>
}

const ENDINGS = { 'image/webp': 'webp', 'image/png': 'png', 'image/jpeg': 'jpg' } as const
const FOLDER = 'pictures/'
const NAME = /^pictures\/([0-9a-f]{64})\.(webp|png|jpg)$/i

/** What a picture is called in the file; undefined where it is of no kind that Foyer keeps. */
export const pictureName = (sha256: string, { type }: Blob): string | undefined => {
  const ending = (ENDINGS as Partial<Record<string, string>>)[type]
  return ending === undefined ? undefined : `${FOLDER}${sha256}.${ending}`
}

/** The picture that a name in the file stands for; undefined where it is none. */
export const readPictureName = (name: string): { sha256: string; type: string } | undefined => {
  const [, sha256, ending] = NAME.exec(name)?.map(part => part.toLowerCase()) ?? []
  const type = Object.entries(ENDINGS).find(entry => entry[1] === ending)?.[0]
  return sha256 === undefined || type === undefined ? undefined : { sha256, type }
}
