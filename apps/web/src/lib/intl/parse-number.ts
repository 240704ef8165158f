import { westernDigits } from './digits.ts'

/** Parses a typed number: digits of any script, with or without grouping. NaN if invalid. */
export const parseNumber = (text: string): number => {
  const plain = westernDigits(text)
    .replace(/[\s\p{Cf}'’٬]/gu, '')
    .replace(/[٫،,]/g, '.')
    .replace(/\.(?=\d{3}(?:\.|$))/g, '')
    .replace('\u2212', '-')
  return /^[+-]?\d+(?:\.\d*)?$/.test(plain) ? Number(plain) : NaN
}
