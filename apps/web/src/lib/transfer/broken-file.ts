import type { Expected } from '@foyer/doc'
import type { TextPlace } from './json-fault.ts'

/** What can be wrong with a file besides its values. */
export type FileFault =
  | 'damaged'
  | 'format'
  | 'list'
  | 'newer'
  | 'no-workspace'
  | 'not-a-zip'
  | 'object'
  | 'other-picture'
  | 'picture-missing'
  | 'syntax'
  | 'too-large'
  | 'too-many-items'
  | 'too-many-pictures'
  | 'twice'
  | 'version'
  | 'workspace-id'

export interface Problem {
  /** The file in the zip or the path in `workspace.json`; empty for the whole file. */
  where: string
  fault: FileFault | Expected
  /** The value found, as shortened JSON; undefined if missing. */
  found?: string
  /** The name of the room or webinar that has the problem. */
  itemName?: string
  place?: TextPlace
}

const LISTED = 20

/** An invalid file. Nothing was written. */
export class BrokenFileError extends Error {
  override name = 'BrokenFileError'
  /** The first problems. */
  readonly problems: readonly Problem[]
  /** The number of all problems. */
  readonly total: number

  constructor(problems: readonly Problem[]) {
    super('this file is broken')
    this.problems = problems.slice(0, LISTED)
    this.total = problems.length
  }
}

const SHOWN_CHARACTERS = 60

/** A value from the file, shortened to fit a line. */
export const showFound = (value: unknown): string | undefined => {
  const json = JSON.stringify(value) as string | undefined
  return json !== undefined && json.length > SHOWN_CHARACTERS ? `${json.slice(0, SHOWN_CHARACTERS)}…` : json
}
