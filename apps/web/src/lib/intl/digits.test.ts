import { expect, test } from 'vitest'
import { westernDigits } from './digits.ts'
import { parseNumber } from './parse-number.ts'

test.each([
  ['٠١٢٣٤٥٦٧٨٩'],
  ['۰۱۲۳۴۵۶۷۸۹'],
  ['०१२३४५६७८९'],
  ['০১২৩৪৫৬৭৮৯'],
  ['๐๑๒๓๔๕๖๗๘๙'],
  ['０１２３４５６７８９'],
  ['𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡'],
  ['0123456789']
])('%s', digits => {
  expect(westernDigits(digits)).toBe('0123456789')
})

test('other characters stay', () => {
  expect(westernDigits('غرفة ٣ – ½ Ⅷ ②')).toBe('غرفة 3 – ½ Ⅷ ②')
})

test.each([
  ['45', 45],
  [' ٤٥ ', 45],
  ['\u200f٩٠\u200e', 90],
  ['۱۴۴۰', 1440],
  ['१५', 15],
  ['１２０', 120],
  ['1,440', 1440],
  ['1.440', 1440],
  ['١٬٤٤٠', 1440],
  ['1 440', 1440],
  ['٤٥٫٥', 45.5],
  ['45,5', 45.5],
  ['-5', -5],
  ['\u2212٥', -5]
])('%j is %d', (text, number) => {
  expect(parseNumber(text)).toBe(number)
})

test.each([[''], [' '], ['a'], ['45 min'], ['1:30'], ['0x10'], ['1e3'], ['٤٥ د'], ['--5'], ['½']])(
  '%j is not a number',
  text => {
    expect(parseNumber(text)).toBeNaN()
  }
)
