import { expect, test } from 'vitest'
import { readQuery } from '#lib/items/search.ts'
import { highlightMatches } from './highlight-matches.ts'

const marked = (name: string, text: string) =>
  highlightMatches(name, readQuery(text, null))
    .map(part => (part.found ? `[${part.text}]` : part.text))
    .join('')

test.each([
  ['Café Zürich', 'cafe', '[Café] Zürich'],
  ['Cafe\u0301 Zürich', 'fe', 'Ca[fe\u0301] Zürich'],
  ['Straße', 'strass', '[Straß]e'],
  ['Stand-up with Ada', 'ada stand', '[Stand]-up with [Ada]'],
  ['banana', 'an', 'b[anan]a'],
  ['إدارة الأعمال', 'ادار', '[إدار]ة الأعمال'],
  ['Clients', 'xyz', 'Clients']
])('in "%s", the matches of "%s" are: %s', (name, text, result) => {
  expect(marked(name, text)).toBe(result)
})

test('a link highlights nothing', () => {
  expect(marked('Clients', 'https://foyer.example/r/clients-abcdefghij')).toBe('Clients')
})
