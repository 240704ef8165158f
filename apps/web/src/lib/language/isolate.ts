const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'
const POP_EMBEDDING = '\u202c'
/** What ends each that begins a direction of its own. */
const CLOSERS: Partial<Record<string, string>> = {
  '\u202a': POP_EMBEDDING,
  '\u202b': POP_EMBEDDING,
  '\u202d': POP_EMBEDDING,
  '\u202e': POP_EMBEDDING,
  '\u2066': POP_ISOLATE,
  '\u2067': POP_ISOLATE,
  '\u2068': POP_ISOLATE
}
const CONTROL = /[\u202a-\u202e\u2066-\u2069]/g
/** They end a paragraph, and every isolate with it. */
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
const isolate = (text: string): string => FIRST_STRONG_ISOLATE + balance(text) + POP_ISOLATE

/** Ends what the text leaves open, and leaves out what ends nothing in it. */
const balance = (text: string): string => {
  const open: string[] = []
  const balanced = text.replace(CONTROL, control => {
    const closer = CLOSERS[control]
    if (closer !== undefined) {
      open.unshift(closer)
      return control
    }
    const at = open.indexOf(control)
    // An isolate ends the embeddings in it; an embedding that began outside of it ends outside.
    if (at < 0 || (control === POP_EMBEDDING && at > 0)) return ''
    return open.splice(0, at + 1).join('')
  })
  return balanced + open.join('')
}
