/** Data stored beside a workspace's document: pins and pictures. */
export interface Companions {
  /** Copies what is available synchronously, before another workspace replaces this one. */
  carryOver(from: string, to: string): void
  /** Moves the rest afterwards. @returns whether all was moved; else it is kept and moved later */
  move(from: string, to: string): Promise<boolean>
  /** Completes pending moves. */
  finishMoves(): Promise<void>
  /** Deletes a workspace's data. @param options.movesLater some of it is still to be moved */
  forget(workspaceId: string, options: { movesLater: boolean }): Promise<void>
}
