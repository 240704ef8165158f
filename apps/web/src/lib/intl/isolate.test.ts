import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inLtr, inRtl } from './isolate.ts'

const of = (text: string) => `\u2068${text}\u2069`

test.each([['Weekly'], ['Büro & Café (2)'], ['會議'], ['C++'], ['24/7'], ['☕'], [''], [10], ['10,000']])(
  '%j is unchanged in a left-to-right sentence',
  value => {
    expect(inLtr(value)).toBe(String(value))
  }
)

test.each([['غرفة'], ['غرفة العملاء'], ['اجتماع، غدًا'], ['שלום'], ['10,000'], ['٤٥'], [7], ['']])(
  '%j is unchanged in a right-to-left sentence',
  value => {
    expect(inRtl(value)).toBe(String(value))
  }
)

test.each([['غرفة'], ['Room غرفة'], ['שלום'], ['a\u200fb'], ['٣'], ['ﷺ'], ['𞤀𞤣𞤤𞤢𞤥']])(
  '%j is isolated in a left-to-right sentence',
  value => {
    expect(inLtr(value)).toBe(of(value))
  }
)

test.each([['Weekly'], ['غرفة Room'], ['C++'], ['24/7'], ['會議'], ['1-2'], ['غرفة (2)'], ['१२']])(
  '%j is isolated in a right-to-left sentence',
  value => {
    expect(inRtl(value)).toBe(of(value))
  }
)

test.each([
  ['abc\u202edef', 'abcdef'],
  ['\u2067abc', 'abc'],
  ['abc\u2069def', 'abcdef'],
  ['\u2066\u202eabc\u2069d', 'abcd']
])('%j loses its directional controls', (text, plain) => {
  expect(inLtr(text)).toBe(of(plain))
  expect(inRtl(text)).toBe(of(plain))
})

test('line breaks are replaced, as they would end the isolate', () => {
  expect(inLtr('a\nb\u2029ג')).toBe(of('a b ג'))
})

test('no isolate stays open after the value', () => {
  const pieces = fc.constantFrom(
    'a',
    'ב',
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u2029'
  )
  fc.assert(
    fc.property(fc.string({ unit: pieces, maxLength: 30 }), text => {
      const open: string[] = []
      for (const character of inLtr(text)) {
        if ('\u202a\u202b\u202d\u202e'.includes(character)) open.push('embedding')
        else if ('\u2066\u2067\u2068'.includes(character)) open.push('isolate')
        else if (character === '\u202c') expect(open.pop()).toBe('embedding')
        else if (character === '\u2069') expect(open.pop()).toBe('isolate')
        else if (character !== '\u2029') expect(open.length > 0 || !/[ב]/.test(character)).toBe(true)
      }
      expect(open).toEqual([])
    })
  )
})
