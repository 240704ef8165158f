import { expect, test } from 'vitest'
import { fold } from './fold.ts'

test.each([
  ['CAFÉ Zürich', 'cafe zurich'],
  ['Straße', 'strasse'],
  ['Łódź, Tromsø, Đà Nẵng', 'lodz, tromso, da nang'],
  ['Œuvre & Æther', 'oeuvre & aether'],
  ['İstanbul, Iğdır', 'istanbul, igdir'],
  ['ΌΔΟΣ', 'οδοσ'],
  ['Ada’s room', "ada's room"],
  ['ﬁnance ②', 'finance 2'],
  ['مُحَمَّد', 'محمد'],
  ['إدارة الأعمال', 'اداره الاعمال'],
  ['مكتـــب آمنة', 'مكتب امنه'],
  ['غرفة ٣', 'غرفه 3'],
  ['कक्ष १२', 'ककष 12'],
  ['co\u00adoperate', 'cooperate']
])('"%s" folds to "%s"', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('a text folds character by character', () => {
  const text = 'Ünïcödé ß إدارة ΌΔΟΣ İ é'
  expect(Array.from(text, fold).join('')).toBe(fold(text))
})
