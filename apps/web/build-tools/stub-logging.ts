/**
 * Takes the place of lib0/logging, with which Yjs writes its four warnings: that one colours them, in a page's
 * own console too, and brings a DOM builder and a schema language along for it. The names are lib0's.
 */
export const [BOLD, UNBOLD, RED, ORANGE] = [Symbol(), Symbol(), Symbol(), Symbol()]

const texts = (parts: unknown[]) => parts.filter(part => typeof part !== 'symbol')

export const print = (...parts: unknown[]): void => {
  console.log(...texts(parts))
}

export const warn = (...parts: unknown[]): void => {
  console.warn(...texts(parts))
}
