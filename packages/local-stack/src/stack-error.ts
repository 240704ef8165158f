/** A failure that the user can act on. Its one-line message is shown without a stack trace. */
export class StackError extends Error {
  override name = 'StackError'
}

/** The first line of a thrown value's message. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1)[0] ?? ''
}
