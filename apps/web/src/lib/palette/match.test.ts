import { expect, test } from 'vitest'
import { fold } from '#lib/intl/fold.ts'
import { matching, rankOf, wordsOf } from './match.ts'

const rank = (text: string, query: string) => rankOf(fold(text), wordsOf(query))

test('accents and case are ignored in every script', () => {
  expect(rank('Café Ünïon', 'cafe UNION')).toBe(0)
  expect(rank('Straße', 'strasse')).toBe(0)
  expect(rank('غرفة الأصدقاء', 'اصدقاء')).toBe(2)
  expect(rank('مـرحـبا', 'مرحبا')).toBe(0)
})

test('every word must match, in any order', () => {
  expect(rank('Client onboarding', 'onb cli')).toBe(1)
  expect(rank('Client onboarding', 'client weekly')).toBeNull()
  expect(rank('Client onboarding', 'lient')).toBe(2)
  expect(rank('Anything', '  ')).toBe(0)
})

test('better matches come first, ties keep their order', () => {
  const names = ['My team', 'Steam', 'Team B', 'Team A']
  expect(matching(names, fold, wordsOf('team')).map(({ entry }) => entry)).toEqual([
    'Team B',
    'Team A',
    'My team',
    'Steam'
  ])
})
