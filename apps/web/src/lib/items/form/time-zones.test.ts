import { expect, test, vi } from 'vitest'
import { findZone, zoneOptions, zoneWords } from './time-zones.ts'

vi.stubGlobal('navigator', { languages: ['en-GB'] })
const WINTER = Date.parse('2026-12-01T10:00Z')
const SUMMER = Date.parse('2026-07-01T10:00Z')

test('a zone is described by its name and offset at a time', () => {
  expect(zoneWords('Europe/Berlin', WINTER)).toBe('Central European Standard Time · GMT+1')
  expect(zoneWords('Europe/Berlin', SUMMER)).toBe('Central European Summer Time · GMT+2')
})

test('the person’s own zone comes first, and once', () => {
  const options = zoneOptions('America/New_York', SUMMER)
  expect(options[0]).toEqual({ zone: 'America/New_York', offset: 'GMT-4' })
  expect(options.filter(({ zone }) => zone === 'America/New_York')).toHaveLength(1)
  expect(options.length).toBeGreaterThan(300)
})

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  [' europe/berlin ', 'Europe/Berlin'],
  ['berlin', 'Europe/Berlin'],
  ['new york', 'America/New_York'],
  ['utc', 'UTC'],
  ['europe/kyiv', 'Europe/Kyiv'],
  ['america/new york', 'America/New_York'],
  ['Ｅｕｒｏｐｅ/Berlin\u200b', 'Europe/Berlin'],
  // Some engines accept these, each in its own way.
  ['BST', 'BST'],
  ['cst', 'cst'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Europe/Atlantis', 'Europe/Atlantis'],
  ['+02:00', '+02:00'],
  ['', '']
])('%j means %j', (text, zone) => {
  expect(findZone(text).replace('Calcutta', 'Kolkata')).toBe(zone)
})
