import { expect, test } from 'vitest'
import { createSearch, readQuery } from './search.ts'

const finds = (item: { name: string; slug: string }, text: string) => {
  const query = readQuery(text)
  return query !== null && createSearch().matches(item, query)
}
const CAFE = { name: 'Café Zürich, Stand-up', slug: 'meeting-k3v7a2bcde' }

test.each(['cafe', 'ZURICH', '  züri  caf ', 'stand-up', 'up'])('"%s" is found by name', text => {
  expect(finds(CAFE, text)).toBe(true)
})

test('every word must be found', () => {
  expect(finds(CAFE, 'cafe bern')).toBe(false)
})

test.each([
  'k3v7a2bcde',
  'K3V7',
  'meeting-k3v',
  'https://foyer.example/r/meeting-k3v7a2bcde',
  'foyer.example/r/meeting-k3v7a2bcde#host=abcdefghijklmnopqrstuv',
  ' /r/meeting-k3v7 '
])('"%s" is found by code', text => {
  expect(finds(CAFE, text)).toBe(true)
})

test('a link finds its own item alone', () => {
  expect(finds(CAFE, 'https://foyer.example/r/meeting-zzzzzzzzzz')).toBe(false)
})

test('three letters are not looked for in codes, where chance would find them', () => {
  expect(finds(CAFE, 'k3v')).toBe(false)
})

test('blanks look for nothing', () => {
  expect(readQuery(' \t ')).toBeNull()
})
