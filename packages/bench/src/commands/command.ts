/** `pnpm bench <name>`. */
export interface Command {
  /** What may stand after the name. */
  usage: string
  /** @returns what did not work, in words; null where the arguments make no sense @throws where it cannot begin */
  run: (args: string[], signal: AbortSignal) => Promise<string[] | null>
}
