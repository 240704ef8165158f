import { expect, test } from 'vitest'
import { browserLanguage } from './language.ts'

test('the first supported language is used, ignoring its region', () => {
  expect(browserLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(browserLanguage(['ar-EG'])).toBe('ar')
})

test('falls back to English', () => {
  expect(browserLanguage(['fr', 'it'])).toBe('en')
  expect(browserLanguage([])).toBe('en')
})
