import type * as v from 'valibot'

/** Why a value is refused: also the message of its issue in a schema. */
const VALUE_CODES = [
  'name-not-a-text',
  'name-too-long',
  'name-broken',
  'name-empty',
  'name-padded',
  'name-control-character',
  'description-not-a-text',
  'description-too-long',
  'description-broken',
  'message-not-a-text',
  'message-too-long',
  'message-broken',
  'start-missing',
  'gap-in-time',
  'time-zone-unknown',
  'length-not-a-number',
  'length-not-whole',
  'length-too-short',
  'length-too-long'
] as const

type ValueCode = (typeof VALUE_CODES)[number]

/** Why something is refused: stable, for the log and for apps that say it in the person's language. */
export type RefusalCode =
  | ValueCode
  /** A value that no form lets a person enter. */
  | 'not-allowed'
  | 'item-missing'
  | 'unknown-root'
  | 'unknown-key'
  | 'bad-entry'
  | 'removed-entry'
  | 'created-twice'
  | 'links-kept-epoch'
  | 'version-fell'
  | 'version-unknown'

/** What a reason needs to be said. `most`: the most characters or minutes that are allowed. */
export type RefusalParams = Partial<Record<'most', number>>

/** What was refused, and why. */
export interface Refusal {
  code: RefusalCode
  /** Where: in a root map, of an item of it, in a field. */
  root?: string
  id?: string
  field?: string
  params?: RefusalParams
}

/** The message of a schema: the code that `reasonOf` reads in its issue. */
export const code = (code: ValueCode): ValueCode => code

/** Why a schema does not take a value. */
export const reasonOf = ({ message, type, requirement }: v.BaseIssue<unknown>): Refusal => {
  const code = VALUE_CODES.find(code => code === message) ?? 'not-allowed'
  const isMost = code !== 'not-allowed' && type.startsWith('max_') && typeof requirement === 'number'
  return isMost ? { code, params: { most: requirement } } : { code }
}

/** A value was refused before it reached the document. `field` is the form field to blame. */
export class InvalidValueError extends Error {
  override name = 'InvalidValueError'
  readonly field: string
  readonly code: RefusalCode
  readonly params: RefusalParams

  constructor(field: string, { code, params = {} }: Refusal) {
    super(`${field}: ${code}`)
    this.field = field
    this.code = code
    this.params = params
  }
}
