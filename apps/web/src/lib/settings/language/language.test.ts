import { expect, test } from 'vitest'
import { browserLanguage } from './language.ts'

test('the first language that the app speaks counts, whatever its region', () => {
  expect(browserLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(browserLanguage(['ar-EG'])).toBe('ar')
})

test('where it speaks none of them, it speaks English', () => {
  expect(browserLanguage(['fr', 'it'])).toBe('en')
  expect(browserLanguage([])).toBe('en')
})
