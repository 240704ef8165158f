import { westernDigits } from './digits.ts'

/** What Unicode takes for letters of their own and people take for others with something on them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ŋ: 'n',
  ς: 'σ',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '\u0640': '', // tatweel
  ٱ: 'ا',
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي'
}
const LISTED = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')
const PLAIN = /^[\x20-\x7e]*$/

/** The words of what was typed, folded. */
export const wordsOf = (text: string): string[] => fold(text).split(/\s+/).filter(Boolean)

/**
 * Text as it is compared in a search: without case, accents and marks, in the letters that most keyboards
 * have. Each character folds by itself, so a folded text is its folded characters, one after the other.
 */
export const fold = (text: string): string => {
  if (PLAIN.test(text)) return text.toLowerCase()
  return westernDigits(text.normalize('NFKD'))
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(LISTED, letter => LETTERS[letter] ?? '')
}
