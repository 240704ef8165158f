/** What a refusal is about, where the reason alone does not say it all. */
export interface RefusalParams {
  /** The most characters or minutes that are allowed. */
  most?: number
}

type TextLabel = 'name' | 'description' | 'message'

/** Why a value is refused: stable, for apps that say it in the person's language. */
export type RefusalCode =
  | `${TextLabel}-${'not-a-text' | 'too-long' | 'broken'}`
  | 'name-empty'
  | 'name-padded'
  | 'name-control-character'
  | 'start-missing'
  | 'gap-in-time'
  | 'time-zone-unknown'
  | 'length-not-a-number'
  | 'length-not-whole'
  | 'length-too-short'
  | 'length-too-long'
  | 'item-missing'
  | 'not-allowed'

interface Reason {
  code: RefusalCode
  params: RefusalParams
}

const reasons = new Map<string, Reason>()

/** Ties the schema's English words, which the server's notices and the log say, to their code. */
export const refusal = (code: RefusalCode, message: string, params: RefusalParams = {}): string => {
  reasons.set(message, { code, params })
  return message
}

/** What stands behind the schema's words; `not-allowed` for a form that no person could have typed. */
const reasonOf = (message: string): Reason => reasons.get(message) ?? { code: 'not-allowed', params: {} }

/** The refusals of a text of at most so many characters. */
export const textRefusals = (label: TextLabel, most: number) => {
  const the = `The ${label}`
  return {
    notAText: refusal(`${label}-not-a-text`, `${the} is not a text.`),
    tooLong: refusal(`${label}-too-long`, `${the} is longer than ${most} characters.`, { most }),
    broken: refusal(`${label}-broken`, `${the} holds half a character.`)
  }
}

/** A value was refused before it reached the document. `field` is the form field to blame. */
export class InvalidValueError extends Error {
  override name = 'InvalidValueError'
  readonly field: string
  readonly code: RefusalCode
  readonly params: RefusalParams

  /** @param message one of the schema's, in English; the code and its parameters follow from it */
  constructor(field: string, message: string) {
    super(message)
    this.field = field
    const { code, params } = reasonOf(message)
    this.code = code
    this.params = params
  }
}
