import { readLink } from '@foyer/doc'
import { expect, test } from 'vitest'
import { createSearch, readQuery } from './search.ts'

const finds = (item: { name: string; slug: string }, text: string) => {
  const query = readQuery(text, readLink)
  return query !== null && createSearch().matches(item, query)
}
const CAFE = { name: 'Café Zürich, Stand-up', slug: 'meeting-k3v7a2bcde' }

test.each(['cafe', 'ZURICH', '  züri  caf ', 'stand-up', 'up'])('"%s" is found by name', text => {
  expect(finds(CAFE, text)).toBe(true)
})

test('all words must match', () => {
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

test('a link finds only its item', () => {
  expect(finds(CAFE, 'https://foyer.example/r/meeting-zzzzzzzzzz')).toBe(false)
})

test.each([
  ['an invitation', 'Join us:\nhttps://foyer.example/r/meeting-k3v7a2bcde\nSee you'],
  ['an invitation whose lines a field has joined', 'Join: https://foyer.example/r/meeting-k3v7a2bcdeSee you'],
  ['brackets around a code', '(Meeting-K3V7A2BCDE).'],
  [
    'a host link in angle brackets',
    '<https://foyer.example/R/MEETING-K3V7A2BCDE#host=abcdefghijklmnopqrstuv>'
  ],
  ['a name and a code', 'zürich k3v7'],
  ['invisible characters', '\u2068/r/meeting-\u200bk3v7a2bcde\u2069']
])('pasted text finds the item: %s', (_, text) => {
  expect(finds(CAFE, text)).toBe(true)
})

test('text that looks like a link also matches names', () => {
  const plan = { name: 'R/D: a well-considered plan', slug: 'plan-aaaaaaaaaa' }
  expect(finds(plan, 'r/d')).toBe(true)
  expect(finds(plan, 'well-considered')).toBe(true)
  expect(finds(CAFE, 'well-considered')).toBe(false)
})

test('three letters do not match codes', () => {
  expect(finds(CAFE, 'k3v')).toBe(false)
})

test('blank text is no search', () => {
  expect(readQuery(' \t ', readLink)).toBeNull()
})
