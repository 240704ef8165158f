/**
 * Stub of lib0/logging, which Yjs uses for four warnings.
 * The original adds colours, with a DOM builder and a schema library.
 */
export const [BOLD, UNBOLD, RED, ORANGE] = [Symbol(), Symbol(), Symbol(), Symbol()]

const texts = (parts: unknown[]) => parts.filter(part => typeof part !== 'symbol')

export const print = (...parts: unknown[]): void => {
  console.log(...texts(parts))
}

export const warn = (...parts: unknown[]): void => {
  console.warn(...texts(parts))
}
