import { westernDigits } from './digits.ts'

/** Letters that Unicode does not decompose but people read as variants of others. */
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

/** Splits text into folded words. */
export const wordsOf = (text: string): string[] => fold(text).split(/\s+/).filter(Boolean)

/**
 * Normalizes text for search: no case, accents or marks.
 * Folds each character by itself: the result is the concatenation of the folded characters.
 */
export const fold = (text: string): string => {
  if (PLAIN.test(text)) return text.toLowerCase()
  return westernDigits(text.normalize('NFKD'))
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(LISTED, letter => LETTERS[letter] ?? '')
}
