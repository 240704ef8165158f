import type * as v from 'valibot'

/** Why a value is refused. Also the message of the schema's issue. */
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

/** Why something is refused: a stable code, for the log and for apps to translate. */
export type RefusalCode =
  | ValueCode
  /** A value that cannot be entered in any form. */
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

/** Parameters of a reason's text. `most`: the most characters or minutes allowed. */
export type RefusalParams = Partial<Record<'most', number>>

/** What was refused, and why. */
export interface Refusal {
  code: RefusalCode
  /** Where: the root map, the item's id and its field. */
  root?: string
  id?: string
  field?: string
  params?: RefusalParams
}

/** Type-checks a schema's message, which `reasonOf` reads as the code. */
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
