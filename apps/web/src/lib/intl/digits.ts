const DIGIT = /\p{Nd}/u

/** Unicode encodes the digits of each script as ten consecutive code points. */
const valueOf = (digit: string): string => {
  let before = 0
  for (let at = (digit.codePointAt(0) ?? 0) - 1; DIGIT.test(String.fromCodePoint(at)); at--) before++
  return String(before % 10)
}

/** Converts digits of any script to ASCII: "٤٥", "४५" and "４５" become "45". */
export const westernDigits = (text: string): string => text.replace(/[\p{Nd}--[0-9]]/gv, valueOf)
