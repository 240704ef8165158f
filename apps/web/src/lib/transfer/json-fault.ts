import { createScanner } from 'jsonc-parser'

/** A position in a text: line and column, both from 1. */
export interface TextPlace {
  line: number
  column: number
}

type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end'

const BLANK = /^[ \t\r\n]+$/
const SCALAR = /^(?:"|-?\d|(?:true|false|null)$)/

/**
 * Finds the first syntax error in JSON, or null. Engines differ in how they report positions.
 * Uses only jsonc-parser's scanner: its parser is recursive and could exhaust the stack.
 */
export const findJsonFault = (text: string): TextPlace | null => {
  const scanner = createScanner(text)
  /** The next token's text; empty at the end, undefined if invalid. */
  const nextToken = (): string | undefined => {
    for (;;) {
      scanner.scan()
      const at = scanner.getTokenOffset()
      const token = text.slice(at, at + scanner.getTokenLength())
      const error: number = scanner.getTokenError()
      if (!BLANK.test(token)) return error === NO_ERROR ? token : undefined
    }
  }
  const open: ('}' | ']')[] = []
  let wanted: Wanted = 'value'
  for (;;) {
    const token = nextToken()
    const closing = open.at(-1)
    if (closing === undefined && wanted === 'comma or end') return token === '' ? null : placeOf(scanner)
    if (token === undefined) return placeOf(scanner)
    if (wanted.endsWith('or end') && token === closing) {
      open.pop()
      wanted = 'comma or end'
    } else if (wanted === 'comma or end' && token === ',') wanted = closing === '}' ? 'key' : 'value'
    else if (wanted === 'colon' && token === ':') wanted = 'value'
    else if (wanted.startsWith('key') && token.startsWith('"')) wanted = 'colon'
    else if (wanted.startsWith('value') && token === '{') {
      open.push('}')
      wanted = 'key or end'
    } else if (wanted.startsWith('value') && token === '[') {
      open.push(']')
      wanted = 'value or end'
    } else if (wanted.startsWith('value') && SCALAR.test(token)) wanted = 'comma or end'
    else return placeOf(scanner)
  }
}

/** ScanError.None, a const enum that isolated modules cannot import. */
const NO_ERROR = 0

const placeOf = (scanner: ReturnType<typeof createScanner>): TextPlace => ({
  line: scanner.getTokenStartLine() + 1,
  column: scanner.getTokenStartCharacter() + 1
})
