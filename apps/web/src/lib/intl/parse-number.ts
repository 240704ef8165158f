import { westernDigits } from './digits.ts'

/**
 * A number as people type it: in the digits of any script, in groups of three or not. NaN where it is none.
 */
export const parseNumber = (text: string): number => {
  const plain = westernDigits(text)
    .replace(/[\s\p{Cf}'’٬]/gu, '')
    .replace(/[٫،,]/g, '.')
    .replace(/\.(?=\d{3}(?:\.|$))/g, '')
    .replace('\u2212', '-')
  return /^[+-]?\d+(?:\.\d*)?$/.test(plain) ? Number(plain) : NaN
}
