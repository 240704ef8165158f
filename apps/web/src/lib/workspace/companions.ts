/** What the device keeps beside a workspace's document, and what becomes of it: pins, pictures. */
export interface Companions {
  /** Before another workspace is shown in a workspace's place: what is at hand goes along. */
  carryOver(from: string, to: string): void
  /**
   * Afterwards: what takes its time goes along.
   * @returns whether all of it did; else it does at a later open, and is kept until then
   */
  move(from: string, to: string): Promise<boolean>
  /** Moves what could not be moved when it was asked for. */
  finishMoves(): Promise<void>
  /** The device forgets a workspace. @param options.movesLater some of it has yet to move */
  forget(workspaceId: string, options: { movesLater: boolean }): Promise<void>
}
