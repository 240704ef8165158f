import { globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { locales } from '#lib/paraglide/runtime.js'

const MESSAGES = path.resolve(import.meta.dirname, '../../../messages')
const SOURCES = path.resolve(import.meta.dirname, '../..')
const AREAS = readdirSync(MESSAGES)

interface Variants {
  declarations: string[]
  selectors: string[]
  match: Record<string, string>
}
type Message = string | [Variants]

const read = (area: string, language: string) =>
  JSON.parse(readFileSync(path.join(MESSAGES, area, `${language}.json`), 'utf8')) as Record<string, Message>

const textsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message[0].match)

const placeholdersOf = (message: Message): string[] =>
  [...new Set(textsOf(message).flatMap(text => text.match(/\{\w+\}/g) ?? []))].sort()

/** The language's plural categories. */
const formsOf = (language: string) => new Intl.PluralRules(language).resolvedOptions().pluralCategories

test.each(AREAS)('%s has the same texts in every language', area => {
  const english = read(area, 'en')
  for (const language of locales) {
    const messages = read(area, language)
    expect(Object.keys(messages), language).toEqual(Object.keys(english))
    for (const [key, message] of Object.entries(messages)) {
      expect(key.startsWith(`${area}_`), key).toBe(true)
      for (const text of textsOf(message)) expect(text.trim(), `${key} in ${language}`).not.toBe('')
      expect(placeholdersOf(message), `${key} in ${language}`).toEqual(placeholdersOf(english[key]!))
    }
  }
})

test.each(AREAS)('%s has every plural form', area => {
  for (const language of locales) {
    for (const [key, message] of Object.entries(read(area, language))) {
      if (typeof message === 'string' || message[0].selectors.length > 1) continue
      if (!message[0].declarations.some(part => part.endsWith(': plural'))) continue
      const forms = Object.keys(message[0].match).map(form => form.replace(/^\w+=/, '').replace('*', 'other'))
      expect(forms.sort(), `${key} in ${language}`).toEqual(formsOf(language).sort())
    }
  }
})

test('every text is used', () => {
  const sources = globSync('**/*.{ts,svelte}', { cwd: SOURCES, exclude: ['**/paraglide/**', '**/*.test.ts'] })
  const used = new Set(
    sources.flatMap(file => readFileSync(path.join(SOURCES, file), 'utf8').match(/\bm\.(\w+)/g) ?? [])
  )
  const unused = AREAS.flatMap(area => Object.keys(read(area, 'en'))).filter(key => !used.has(`m.${key}`))
  expect(unused).toEqual([])
})

test('no label or hint is hard-coded', () => {
  const plain = /\b(?:aria-label|aria-description|title|placeholder|alt)="[^"{]*\p{L}[^"{]*"/gu
  const found = globSync('**/*.svelte', { cwd: SOURCES }).flatMap(file =>
    (readFileSync(path.join(SOURCES, file), 'utf8').match(plain) ?? []).map(text => `${file}: ${text}`)
  )
  expect(found).toEqual([])
})
