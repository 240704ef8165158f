import { instantOf } from '@foyer/doc'
import { afterEach, describe, expect, test } from 'vitest'
import { calendarEvent } from './calendar-event.ts'
import { icsOf } from './ics.ts'

const NOW = Date.parse('2026-11-23T12:34:56Z')
const URL = 'https://foyer.example/r/launch-abcdefghij'

const eventAt = (startsAt: string, timeZone: string, minutes = 45, more: object = {}) => {
  const at = instantOf(startsAt, timeZone) ?? Date.parse(`${startsAt}Z`)
  return calendarEvent({
    key: 'item-1',
    name: 'Launch',
    description: '',
    url: URL,
    schedule: { startsAt, timeZone, minutes },
    startsAt: at,
    endsAt: at + minutes * 60_000,
    revision: { sequence: 7, changedAt: NOW },
    ...more
  })
}
/** The file's unfolded lines. */
const linesOf = (ics: string) => ics.replaceAll('\r\n ', '').split('\r\n')
const linesAt = (...at: Parameters<typeof eventAt>) => linesOf(icsOf(eventAt(...at)))

const ownZone = process.env['TZ']
afterEach(() => {
  if (ownZone === undefined) delete process.env['TZ']
  else process.env['TZ'] = ownZone
})

test('a webinar is written in its own zone, with the zone’s rules', () => {
  expect(linesAt('2026-12-01T10:00', 'Europe/Berlin')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Foyer//Foyer//EN',
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Berlin',
    'X-LIC-LOCATION:Europe/Berlin',
    expect.stringMatching(/^LAST-MODIFIED:\d{8}T\d{6}Z$/),
    'BEGIN:DAYLIGHT',
    'TZNAME:CEST',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'DTSTART:19700329T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'BEGIN:STANDARD',
    'TZNAME:CET',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'DTSTART:19701025T030000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:item-1@foyer.example',
    'SEQUENCE:7',
    'DTSTAMP:20261123T123456Z',
    'DTSTART;TZID=Europe/Berlin:20261201T100000',
    'DTEND;TZID=Europe/Berlin:20261201T104500',
    'SUMMARY:Launch',
    `LOCATION:${URL}`,
    `DESCRIPTION:${URL}`,
    `URL;VALUE=URI:${URL}`,
    'END:VEVENT',
    'END:VCALENDAR',
    ''
  ])
})

test.each([
  ['2026-07-01T18:30', 'America/New_York', 90, '20260701T183000', '20260701T200000'],
  ['2026-12-31T23:30', 'America/New_York', 60, '20261231T233000', '20270101T003000'],
  ['2026-07-01T09:15', 'Asia/Kolkata', 15, '20260701T091500', '20260701T093000'],
  // Across the start of summer time: two hours of wall time, one of real time.
  ['2026-03-29T01:30', 'Europe/Berlin', 60, '20260329T013000', '20260329T033000']
])('%s in %s for %d minutes', (startsAt, zone, minutes, start, end) => {
  const lines = linesAt(startsAt, zone, minutes)
  expect(lines).toContain(`DTSTART;TZID=${zone}:${start}`)
  expect(lines).toContain(`DTEND;TZID=${zone}:${end}`)
  expect(lines).toContain(`TZID:${zone}`)
})

test('times are right even if the device’s zone skips that hour', () => {
  process.env['TZ'] = 'Europe/Berlin'
  expect(new Date('2026-03-29T02:30').getHours()).toBe(3) // not in the test's zone
  expect(linesAt('2026-03-29T02:30', 'America/New_York')).toContain(
    'DTSTART;TZID=America/New_York:20260329T023000'
  )
})

test('an old zone name gets the rules of its current name', () => {
  const lines = linesAt('2026-07-01T09:15', 'Asia/Calcutta')
  expect(lines).toContain('DTSTART;TZID=Asia/Kolkata:20260701T091500')
  expect(lines).toContain('TZID:Asia/Kolkata')
})

test.each([
  ['UTC', '2026-07-01T09:15', '20260701T091500'],
  ['Etc/UTC', '2026-07-01T09:15', '20260701T091500']
])('%s is a zone like others', (zone, startsAt, start) => {
  expect(linesAt(startsAt, zone)).toContain(`DTSTART;TZID=Etc/UTC:${start}`)
})

test.each([
  ['a zone that nobody knows', '2026-07-01T09:15', 'Mars/Base', 45, '20260701T091500Z', '20260701T100000Z'],
  // 02:30 comes twice that night; as a wall time the end would be the first one.
  [
    'an end that comes twice',
    '2026-10-25T01:30',
    'Europe/Berlin',
    120,
    '20261024T233000Z',
    '20261025T013000Z'
  ],
  // The bundled rules do not know that Berlin had no summer time then.
  [
    'a time before today’s rules',
    '1975-07-01T10:00',
    'Europe/Berlin',
    45,
    '19750701T090000Z',
    '19750701T094500Z'
  ]
])('%s is given in UTC, and no zone is named', (_what, startsAt, zone, minutes, start, end) => {
  const lines = linesAt(startsAt, zone, minutes)
  expect(lines).toContain(`DTSTART:${start}`)
  expect(lines).toContain(`DTEND:${end}`)
  expect(lines.filter(line => line.includes('TZID') || line.includes('TIMEZONE'))).toEqual([])
})

describe('the text', () => {
  const description = 'First; second, third \\ fourth\nThe next line'

  test('is escaped', () => {
    const lines = linesAt('2026-12-01T10:00', 'Europe/Berlin', 45, { name: 'A; B, C', description })
    expect(lines).toContain('SUMMARY:A\\; B\\, C')
    expect(lines).toContain(`DESCRIPTION:First\\; second\\, third \\\\ fourth\\nThe next line\\n\\n${URL}`)
  })

  test('is folded at 75 bytes, between characters, and every line ends with CRLF', () => {
    const name = 'Frühstück 👩‍👩‍👧 '.repeat(8).trim()
    const ics = icsOf(eventAt('2026-12-01T10:00', 'Europe/Berlin', 45, { name }))
    const lengths = ics.split('\r\n').map(line => new TextEncoder().encode(line).length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(75)
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(linesOf(ics)).toContain(`SUMMARY:${name}`)
  })

  test('contains no control characters and uses one line ending', () => {
    const more = { name: 'A\u0000B\u0007\u009f', description: 'one\r\ntwo\rthree\u2028four\u0008\tfive' }
    const ics = icsOf(eventAt('2026-12-01T10:00', 'UTC', 45, more))
    expect(linesOf(ics)).toContain('SUMMARY:AB')
    expect(linesOf(ics)).toContain(`DESCRIPTION:one\\ntwo\\nthree\\nfour\tfive\\n\\n${URL}`)
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}--\t]/v)
    expect(ics).toMatch(/END:VCALENDAR\r\n$/)
  })

  test('never contains a host token', () => {
    const ics = icsOf(eventAt('2026-12-01T10:00', 'UTC', 45, { url: `${URL}#host=secret` }))
    expect(ics).toContain(URL)
    expect(ics).not.toContain('secret')
  })
})

test('an unchanged webinar gives an identical file', () => {
  const event = eventAt('2026-12-01T10:00', 'UTC')
  expect(icsOf(event)).toBe(icsOf({ ...event }))
})
