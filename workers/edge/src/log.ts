/** Logs a failure, without values that errors may quote. */
export const logFailure = (what: string, error?: unknown): void => {
  if (error === undefined) console.error(what)
  else console.error(what, describeError(error))
}

/** Messages that name columns and codes, but no values. */
const PLAIN_MESSAGE = /^(SQLITE|HRANA|TRANSACTION|SERVER)_|^TimeoutError$/
const MAX_CAUSES = 5
const FRAMES = 3

/**
 * Describes an error by kind, code, location and causes. Messages are left out: Drizzle's quote a
 * query's parameters, JSON's and valibot's the input.
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

/** The frames of the stack, without the message. */
const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter(line => /^\s+at [\w.<>[\] #]+ \([^()]*:\d+:\d+\)$/.test(line))
    .slice(0, FRAMES)
    .map(line => line.trim())
