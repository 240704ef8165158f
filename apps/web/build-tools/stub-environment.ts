/**
 * Stub of lib0/environment, which Yjs uses once, to detect development.
 * The original also reads the command line, the URL and terminal colours.
 */
export const isBrowser = true

/** Browsers have no environment variables. */
export const getVariable = (): null => null
