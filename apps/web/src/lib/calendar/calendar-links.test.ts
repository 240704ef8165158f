import { instantOf } from '@foyer/doc'
import { expect, test } from 'vitest'
import { calendarEvent } from './calendar-event.ts'
import { googleCalendarUrl, outlookCalendarUrl } from './calendar-links.ts'

const LINK = 'https://foyer.example/r/launch-abcdefghij'
const eventAt = (startsAt: string, timeZone: string, minutes = 45) => {
  const at = instantOf(startsAt, timeZone) ?? Date.parse(`${startsAt}Z`)
  return calendarEvent({
    key: 'item-1',
    name: 'Launch & more',
    description: 'All of it?',
    url: `${LINK}#host=secret`,
    schedule: { startsAt, timeZone, minutes },
    startsAt: at,
    endsAt: at + minutes * 60_000,
    revision: { sequence: 1, changedAt: 0 }
  })
}
const queryOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

test.each([
  ['2026-12-01T10:00', 'Europe/Berlin', '20261201T100000/20261201T104500'],
  ['2026-07-01T18:30', 'America/New_York', '20260701T183000/20260701T191500'],
  ['2026-07-01T23:30', 'Asia/Kolkata', '20260701T233000/20260702T001500'],
  ['2026-07-01T09:00', 'UTC', '20260701T090000/20260701T094500']
])('Google gets %s as clocks in %s show it', (startsAt, zone, dates) => {
  const url = googleCalendarUrl(eventAt(startsAt, zone))
  expect(url).toMatch(/^https:\/\/calendar\.google\.com\/calendar\/render\?/)
  expect(queryOf(url)).toEqual({
    action: 'TEMPLATE',
    text: 'Launch & more',
    dates,
    ctz: zone,
    details: `All of it?\n\n${LINK}`,
    location: LINK
  })
})

test.each([
  ['a zone that is not known', '2026-07-01T09:00', 'Mars/Base', 45, '20260701T090000Z/20260701T094500Z'],
  ['an hour that comes twice', '2026-10-25T01:30', 'Europe/Berlin', 120, '20261024T233000Z/20261025T013000Z']
])('Google gets UTC for %s', (_what, startsAt, zone, minutes, dates) => {
  const query = queryOf(googleCalendarUrl(eventAt(startsAt, zone, minutes)))
  expect(query).toMatchObject({ dates })
  expect(query).not.toHaveProperty('ctz')
})

test.each([
  ['2026-12-01T10:00', 'Europe/Berlin', '2026-12-01T09:00:00Z', '2026-12-01T09:45:00Z'],
  ['2026-07-01T10:00', 'Europe/Berlin', '2026-07-01T08:00:00Z', '2026-07-01T08:45:00Z'],
  ['2026-07-01T18:30', 'America/New_York', '2026-07-01T22:30:00Z', '2026-07-01T23:15:00Z'],
  ['2026-12-01T10:00', 'Asia/Kolkata', '2026-12-01T04:30:00Z', '2026-12-01T05:15:00Z']
])('Outlook gets %s in %s as UTC', (startsAt, zone, startdt, enddt) => {
  for (const [account, host] of [
    ['personal', 'outlook.live.com'],
    ['work', 'outlook.office.com']
  ] as const) {
    const url = outlookCalendarUrl(eventAt(startsAt, zone), account)
    expect(new URL(url).host).toBe(host)
    expect(queryOf(url)).toEqual({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: 'Launch & more',
      startdt,
      enddt,
      body: `All of it?\n\n${LINK}`,
      location: LINK
    })
  }
})

test('no URL contains a host token', () => {
  const event = eventAt('2026-12-01T10:00', 'UTC')
  const urls = [googleCalendarUrl(event), outlookCalendarUrl(event, 'work')]
  expect(urls.join()).not.toContain('secret')
})
