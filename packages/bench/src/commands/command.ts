/** `pnpm bench <name>`. */
export interface Command {
  /** The arguments after the name. */
  usage: string
  /**
   * @returns the failures as text; null if the arguments are invalid
   * @throws {Error} it cannot start
   */
  run: (args: string[], signal: AbortSignal) => Promise<string[] | null>
}
