import { afterEach, expect, test, vi } from 'vitest'
import { parseWallTime } from './parse-wall-time.ts'

const languages: string[] = []
vi.stubGlobal('navigator', { languages })
afterEach(() => {
  languages.length = 0
})

test.each([
  ['2031-07-01 10:00'],
  ['2031-07-01T10:00'],
  ['2031-07-01T10:00:00.000'],
  ['٢٠٣١-٠٧-٠١ ١٠:٠٠'],
  ['۲۰۳۱/۷/۱، ۱۰:۰۰'],
  ['１.７.２０３１ １０:００'],
  ['٠١٠٧٢٠٣١١٠٠٠'],
  ['01/07/2031, 10:00'],
  ['\u200f١\u200f/٧\u200f/٢٠٣١ ١٠:٠٠ ص'],
  ['1.7.2031 10:00 am']
])('%s', text => {
  expect(parseWallTime(text)).toBe('2031-07-01T10:00')
})

test('AM and PM are recognized', () => {
  expect(parseWallTime('1/7/2031 1:30 pm')).toBe('2031-07-01T13:30')
  expect(parseWallTime('1/7/2031 12:30 am')).toBe('2031-07-01T00:30')
  expect(parseWallTime('١/٧/٢٠٣١ ١:٣٠ م')).toBe('2031-07-01T13:30')
})

test('day, month and year follow the locale’s order', () => {
  languages.push('en-US')
  expect(parseWallTime('7/1/2031 10:00')).toBe('2031-07-01T10:00')
  expect(parseWallTime('070120311000')).toBe('2031-07-01T10:00')
})

test.each([
  [''],
  ['tomorrow'],
  ['10:00'],
  ['2031-07-01'],
  ['2031'],
  ['1/7/31 10:00'],
  ['2031-07-01 10:00:30'],
  ['1 2 3 4 5']
])('%j is invalid', text => {
  expect(parseWallTime(text)).toBeUndefined()
})
