import moment from 'moment-timezone/data/packed/latest.json' with { type: 'json' }
import { expect, it } from 'vitest'
import { isTimeZone, ZONE_NAMES, zoneName } from './zone-names.ts'

it('the list matches the database, links included', () => {
  const zones = moment.zones.map(zone => zone.split('|')[0])
  const links = moment.links.map(link => link.split('|')[1])
  expect([...ZONE_NAMES].sort()).toEqual([...new Set([...zones, ...links])].sort())
})

it.each([
  ['europe/berlin', 'Europe/Berlin'],
  ['UTC', 'UTC'],
  ['ETC/gmt+5', 'Etc/GMT+5'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Asia/Calcutta', 'Asia/Calcutta'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Europe/Kiev', 'Europe/Kiev'],
  ['America/Coyhaique', 'America/Coyhaique'],
  ['america/argentina/comodrivadavia', 'America/Argentina/ComodRivadavia']
])('%s is %s', (text, name) => {
  expect(zoneName(text)).toBe(name)
})

it.each([
  ...[
    'BST',
    'CST',
    'IST',
    'JST',
    'PST',
    'ACT',
    'SystemV/PST8PDT',
    'US/Pacific-New',
    'Etc/Unknown',
    'Factory'
  ],
  ...['+02:00', 'GMT+2', 'UTC+2', 'Z', 'Mars/Base', '', ' UTC', 'UTC ', 'Europe', 'Asia/Ko\u212aata'],
  ...['Europe/Berlin\u200b', 'toString', 'localtime', 'posix/Europe/Berlin']
])('%j is no zone', text => {
  expect(isTimeZone(text)).toBe(false)
})
