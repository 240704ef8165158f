/** Where an export reads pictures from and an import writes them to. */
export interface PictureStorage {
  /** Reads from the device, else from the network; undefined if unavailable. */
  read(sha256: string): Promise<Blob | undefined>
  /**
   * @param expectedSha256 stores the image unchanged under this hash
   * @param workspaceId defaults to the open workspace
   * @throws {PictureError} the image was not stored
   */
  put(
    image: Blob,
    expectedSha256?: string,
    workspaceId?: string
  ): Promise<{ image: string; width: number; height: number }>
}
