import { eventText, wallTimes, type CalendarEvent } from './calendar-event.ts'

/** "2026-12-01T10:00" to "20261201T100000" */
const compact = (wallTime: string): string => `${wallTime.replaceAll(/[-:]/g, '')}00`

const utc = (at: number): string => new Date(at).toISOString().slice(0, 16)

const link = (base: string, query: Record<string, string>): string =>
  `${base}?${new URLSearchParams(query).toString()}`

/** Opens Google Calendar with the webinar filled in, in its own zone where unambiguous. */
export const googleCalendarUrl = (event: CalendarEvent): string => {
  const wall = wallTimes(event)
  const dates =
    wall === null
      ? [event.startsAt, event.endsAt].map(at => `${compact(utc(at))}Z`)
      : wall.map(wallTime => compact(wallTime))
  return link('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE',
    text: event.name,
    dates: dates.join('/'),
    ...(wall === null ? {} : { ctz: event.schedule.timeZone }),
    details: eventText(event),
    location: event.url
  })
}

const OUTLOOK = { personal: 'https://outlook.live.com', work: 'https://outlook.office.com' } as const

/** Opens Outlook's calendar with the webinar filled in. Outlook expects UTC. */
export const outlookCalendarUrl = (event: CalendarEvent, account: keyof typeof OUTLOOK): string =>
  link(`${OUTLOOK[account]}/calendar/0/deeplink/compose`, {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: event.name,
    startdt: `${utc(event.startsAt)}:00Z`,
    enddt: `${utc(event.endsAt)}:00Z`,
    body: eventText(event),
    location: event.url
  })
