import { afterEach, expect, test } from 'vitest'
import { baseLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { copyName } from './copy-name.ts'

afterEach(() => {
  overwriteGetLocale(() => baseLocale)
})

test('a copy is named as one', () => {
  expect(copyName('Weekly')).toBe('Weekly (copy)')
  overwriteGetLocale(() => 'de')
  expect(copyName('Weekly')).toBe('Weekly (Kopie)')
  // A stored name must not contain isolates.
  overwriteGetLocale(() => 'ar')
  expect(copyName('Weekly $& 0')).toBe('Weekly $& 0 (نسخة)')
})

test('a long name is cut between graphemes and keeps its suffix', () => {
  const copy = copyName('😀'.repeat(120))
  expect(copy).toBe(`${'😀'.repeat(113)} (copy)`)
  expect(Array.from(copy)).toHaveLength(120)
  expect(copyName(`${'x'.repeat(112)} and more`)).toBe(`${'x'.repeat(112)} (copy)`)
})
