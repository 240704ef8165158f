const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'
/** What begins or ends a direction of its own within a text. */
const CONTROL = /[\u202a-\u202e\u2066-\u2069]/g
/** They end a paragraph, and every isolate with it. */
// eslint-disable-next-line no-control-regex -- separators of information are such ends
const PARAGRAPH_END = /[\n\r\u001c-\u001e\u0085\u2029]+/g
/** Hebrew, Arabic and the other scripts that run from right to left, and the marks that say a direction. */
const NOT_LTR =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** Words in such a script, or a number; digits beside other signs have an order of their own. */
const RTL =
  /^(?:[\u0590-\u061b\u061d-\u065f\u0670-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\s]*|[\d\u0660-\u066c.,]+)$/

/** Isolates a value in a sentence that runs from left to right. */
export const inLtr = (value: unknown): string => {
  const text = oneLine(value)
  return NOT_LTR.test(text) ? isolate(text) : text
}

/** Isolates a value in a sentence that runs from right to left. */
export const inRtl = (value: unknown): string => {
  const text = oneLine(value)
  return RTL.test(text) ? text : isolate(text)
}

const oneLine = (value: unknown): string => String(value).replace(PARAGRAPH_END, ' ')

/**
 * Sets a value apart, so that neither its direction nor a control in it turns the words around it (Unicode Bidirectional
 * Algorithm, UAX 9). What would have no effect stays bare: such names are read and found as they are.
 */
const isolate = (text: string): string => FIRST_STRONG_ISOLATE + text.replace(CONTROL, '') + POP_ISOLATE
