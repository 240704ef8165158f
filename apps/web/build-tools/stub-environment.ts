/**
 * Takes the place of lib0/environment, which Yjs asks once whether it runs in development. That one
 * also reads the command line, the address and which colours a terminal shows. The names are
 * lib0's.
 */
export const isBrowser = true

/** @returns what an environment variable holds: a browser has none */
export const getVariable = (): null => null
