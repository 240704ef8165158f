import { afterEach, expect, test } from 'vitest'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { counted, formatBytes } from './format-number.ts'

afterEach(() => {
  overwriteGetLocale(() => 'en')
})

test('sizes use a fitting unit', () => {
  expect(formatBytes(0)).toBe('0 byte')
  expect(formatBytes(12_345)).toBe('12 kB')
  expect(formatBytes(3_400_000)).toBe('3.4 MB')
  expect(formatBytes(250e9)).toBe('250 GB')
  expect(formatBytes(5e18)).toContain('TB')
})

test('numbers follow the language', () => {
  expect(counted(10_000)).toEqual({ count: 10_000, number: '10,000' })
  overwriteGetLocale(() => 'de')
  expect(counted(10_000).number).toBe('10.000')
})
