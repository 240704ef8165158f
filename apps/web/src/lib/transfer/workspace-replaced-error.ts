/** The workspace is no longer the one that is open, or may no longer be changed; nothing was written. */
export class WorkspaceReplacedError extends Error {
  override name = 'WorkspaceReplacedError'
}
