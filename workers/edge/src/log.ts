/** Says what failed, in the one form that this server's log has. */
export const logFailure = (what: string, error?: unknown): void => {
  if (error === undefined) console.error(what)
  else console.error(what, describeError(error))
}

/** Of the database and of the time: they name columns and codes, no values. */
const PLAIN_MESSAGE = /^(SQLITE|HRANA|TRANSACTION|SERVER)_|^TimeoutError$/
const MAX_CAUSES = 5
const FRAMES = 3

/**
 * An error without what it may quote: Drizzle's holds all of a query's parameters, JSON's and valibot's the text that was
 * read. Its kind, its code, where it was thrown, and the same of its causes.
 */
export const describeError = (error: unknown): string => {
  const kinds: string[] = []
  let innermost: Error | undefined
  for (let at: unknown = error; at instanceof Error && kinds.length < MAX_CAUSES; at = at.cause) {
    kinds.push(describeKind(at))
    innermost = at
  }
  if (innermost === undefined) return typeof error
  return [kinds.join(' < '), ...framesOf(innermost)].join(' ')
}

const describeKind = (error: Error): string => {
  const { code } = error as { code?: unknown }
  const kind = [plainName(error.name), typeof code === 'string' ? plainName(code) : '']
    .filter(Boolean)
    .join(' ')
  const isPlain = PLAIN_MESSAGE.test(typeof code === 'string' ? code : error.name)
  return isPlain ? `${kind}: ${error.message.slice(0, 200)}` : kind
}

const plainName = (text: string): string => (/^\w{1,60}$/.test(text) ? text : '')

/** The stack below the message, which stands above it and may have many lines. */
const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter(line => /^\s+at [\w.<>[\] #]+ \([^()]*:\d+:\d+\)$/.test(line))
    .slice(0, FRAMES)
    .map(line => line.trim())
