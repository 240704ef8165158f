const DIGIT = /\p{Nd}/u

/** Unicode has the digits of every script in rows of ten, one after the other. */
const valueOf = (digit: string): string => {
  let before = 0
  for (let at = (digit.codePointAt(0) ?? 0) - 1; DIGIT.test(String.fromCodePoint(at)); at--) before++
  return String(before % 10)
}

/** "٤٥", "४५" and "４５" are "45": every keyboard has digits, but not everybody's has these. */
export const westernDigits = (text: string): string => text.replace(/[\p{Nd}--[0-9]]/gv, valueOf)
