import { instantOf, wallTimeIn, type Schedule, type WebinarRevision } from '@foyer/doc'

/** A webinar as a calendar event. Contains nothing that guests may not know. */
export interface CalendarEvent {
  /** Stable per webinar: importing its file again updates the event. */
  uid: string
  name: string
  description: string
  /** The participant link, never the host link. */
  url: string
  schedule: Schedule
  /** ms since 1970 */
  startsAt: number
  endsAt: number
  revision: WebinarRevision
}

interface Source {
  /** Identifies the webinar: its id, or its slug for guests. */
  key: string
  name: string
  description: string
  schedule: Schedule
  startsAt: number
  endsAt: number
  revision: WebinarRevision
  /** The participant link. */
  url: string
}

export const calendarEvent = ({ key, ...source }: Source): CalendarEvent => ({
  ...source,
  url: withoutToken(source.url),
  uid: `${key}@${new URL(source.url).hostname}`
})

/** Strips the host token in the fragment: events get shared. */
const withoutToken = (url: string): string => url.split('#')[0] ?? url

/** The event's description: the webinar's own and the link. */
export const eventText = ({ description, url }: CalendarEvent): string =>
  description === '' ? url : `${description}\n\n${url}`

/**
 * Start and end as wall times in the webinar's zone ("2026-12-01T10:00").
 * Null where they are ambiguous (an hour that comes twice) or the zone is unknown: use UTC then.
 */
export const wallTimes = ({ schedule, startsAt, endsAt }: CalendarEvent): [string, string] | null => {
  const { timeZone } = schedule
  try {
    const start = wallTimeIn(timeZone, startsAt)
    const end = wallTimeIn(timeZone, endsAt)
    const isExact = instantOf(start, timeZone) === startsAt && instantOf(end, timeZone) === endsAt
    return isExact ? [start, end] : null
  } catch {
    return null // this engine does not know the zone
  }
}
