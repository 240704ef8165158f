/** A failure that the person at the terminal can act on: its message is one plain line, shown without a stack. */
export class StackError extends Error {
  override name = 'StackError'
}

/** The first line of whatever was thrown. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0] ?? ''
}
