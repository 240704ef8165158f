const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'
/** Explicit directional formatting characters. */
const CONTROL = /[\u202a-\u202e\u2066-\u2069]/g
/** Paragraph separators, which also end every isolate. */
// eslint-disable-next-line no-control-regex -- information separators end paragraphs too
const PARAGRAPH_END = /[\n\r\u001c-\u001e\u0085\u2029]+/g
/** Right-to-left scripts such as Hebrew and Arabic, and directional marks. */
const NOT_LTR =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** Words in a right-to-left script, or a plain number. */
const RTL =
  /^(?:[\u0590-\u061b\u061d-\u065f\u0670-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\s]*|[\d\u0660-\u066c.,]+)$/

/** Isolates a value in a left-to-right sentence. */
export const inLtr = (value: unknown): string => {
  const text = oneLine(value)
  return NOT_LTR.test(text) ? isolate(text) : text
}

/** Isolates a value in a right-to-left sentence. */
export const inRtl = (value: unknown): string => {
  const text = oneLine(value)
  return RTL.test(text) ? text : isolate(text)
}

const oneLine = (value: unknown): string => String(value).replace(PARAGRAPH_END, ' ')

/**
 * Wraps a value in an isolate, so that it cannot reorder the text around it (UAX 9).
 * Values that need none stay unchanged, so that text search finds them.
 */
const isolate = (text: string): string => FIRST_STRONG_ISOLATE + text.replace(CONTROL, '') + POP_ISOLATE
