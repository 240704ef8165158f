import type { Expected } from '@foyer/doc'
import type { TextPlace } from './json-fault.ts'

/** What can be wrong with a file, beside its values. */
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
  /** The file in the zip, or the path in `workspace.json`; empty: the whole. */
  where: string
  fault: FileFault | Expected
  /** What is there, as JSON, cut short; undefined where nothing is. */
  found?: string
  /** The name of the room or webinar that it is in. */
  itemName?: string
  place?: TextPlace
}

const LISTED = 20

/** A file that is not whole. Nothing of it was written. */
export class BrokenFileError extends Error {
  override name = 'BrokenFileError'
  /** The first ones. */
  readonly problems: readonly Problem[]
  /** How many there are. */
  readonly total: number

  constructor(problems: readonly Problem[]) {
    super('this file is broken')
    this.problems = problems.slice(0, LISTED)
    this.total = problems.length
  }
}

const SHOWN_CHARACTERS = 60

/** A value as it stands in the file, short enough for a line. */
export const showFound = (value: unknown): string | undefined => {
  const json = JSON.stringify(value) as string | undefined
  return json !== undefined && json.length > SHOWN_CHARACTERS ? `${json.slice(0, SHOWN_CHARACTERS)}…` : json
}
