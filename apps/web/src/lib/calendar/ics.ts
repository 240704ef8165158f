import { TZDate } from '@date-fns/tz/date'
import ical from 'ical-generator'
import { tzlib_get_ical_block, tzlib_get_offset, tzlib_get_timezones } from 'timezones-ical-library'
import { eventText, wallTimes, type CalendarEvent } from './calendar-event.ts'

const zones = new Set(JSON.parse(tzlib_get_timezones(true)) as string[])

/**
 * A webinar as an iCalendar file (RFC 5545), in its own zone with that zone's rules, else in UTC.
 * Deterministic: DTSTAMP is the time of the last change, as RFC 5545 specifies without a METHOD.
 */
export const icsOf = (event: CalendarEvent): string => {
  const wall = inKnownZone(event)
  const calendar = ical({ prodId: { company: 'Foyer', product: 'Foyer' } })
  // Only the event has a zone: one on the calendar would make the generator drop DTSTAMP's Z.
  if (wall !== null) calendar.timezone({ name: null, generator: () => wall.block })
  calendar.createEvent({
    id: event.uid,
    sequence: event.revision.sequence,
    stamp: new Date(event.revision.changedAt),
    // The generator reads a Date in the device's zone, which may skip this hour.
    start: wall?.start ?? new Date(event.startsAt),
    end: wall?.end ?? new Date(event.endsAt),
    ...(wall === null ? {} : { timezone: wall.tzid }),
    summary: plain(event.name),
    description: plain(eventText(event)),
    location: event.url,
    url: event.url
  })
  return `${calendar.toString().trimEnd()}\r\n`
}

/** Removes control characters and normalizes line endings. */
const plain = (text: string): string =>
  text.replace(/\r\n|[\r\u0085\u2028\u2029]/g, '\n').replace(/[\p{Cc}--[\t\n]]/gv, '')

interface InZone {
  tzid: string
  block: string
  start: TZDate
  end: TZDate
}

/** The zone's rules, if the library has them and they agree with this browser's. */
const inKnownZone = (event: CalendarEvent): InZone | null => {
  const { timeZone } = event.schedule
  const wall = wallTimes(event)
  if (wall === null || !zones.has(timeZone)) return null
  const [block, named] = tzlib_get_ical_block(timeZone)
  const [start, end] = wall
  const agrees =
    instantByRules(timeZone, start) === event.startsAt && instantByRules(timeZone, end) === event.endsAt
  if (block === undefined || named === undefined || !agrees) return null
  const tzid = named.replace('TZID=', '') // old names are mapped to current ones
  const inZone = { start: new TZDate(event.startsAt, tzid), end: new TZDate(event.endsAt, tzid) }
  // This browser may only know the old name.
  return Number.isNaN(inZone.start.getTime()) ? null : { tzid, block, ...inZone }
}

const instantByRules = (timeZone: string, wallTime: string): number => {
  const [date = '', time = ''] = wallTime.split('T')
  const offset = tzlib_get_offset(timeZone, date, time) // "+0130"
  return Date.parse(`${wallTime}:00${offset.slice(0, 3)}:${offset.slice(3)}`)
}
