/** The workspace is no longer open or editable; nothing was written. */
export class WorkspaceReplacedError extends Error {
  override name = 'WorkspaceReplacedError'
}
