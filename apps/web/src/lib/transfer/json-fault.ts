/** Where in a text something stands: line and column, both from 1. */
export interface TextPlace {
  line: number
  column: number
}

const BLANK = /[ \t\n\r]*/y
// eslint-disable-next-line no-control-regex -- JSON forbids just these
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/**
 * Where a text stops being JSON, or null where it is JSON. Engines say it each in words of their own, and
 * some not at all.
 */
export const findJsonFault = (text: string): TextPlace | null => {
  let at = 0
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const takeSign = (sign: string): boolean => {
    take(BLANK)
    if (text[at] !== sign) return false
    at++
    return true
  }
  const takeKey = (): boolean => {
    take(BLANK)
    return take(STRING) && takeSign(':')
  }
  // Without recursion: a text of nothing but brackets must not run out of stack.
  const open: ('}' | ']')[] = []
  let wantsValue = true
  for (;;) {
    if (wantsValue) {
      const closing = takeSign('{') ? '}' : takeSign('[') ? ']' : null
      if (closing === null && !take(STRING) && !take(SCALAR)) return placeOf(text, at)
      wantsValue = false
      if (closing === null || takeSign(closing)) continue
      if (closing === '}' && !takeKey()) return placeOf(text, at)
      open.push(closing)
      wantsValue = true
      continue
    }
    const closing = open.at(-1)
    take(BLANK)
    if (closing === undefined) return at === text.length ? null : placeOf(text, at)
    if (takeSign(closing)) open.pop()
    else if (!takeSign(',') || (closing === '}' && !takeKey())) return placeOf(text, at)
    else wantsValue = true
  }
}

const placeOf = (text: string, at: number): TextPlace => {
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
