import { instantOf, wallTimeIn, type Schedule, type WebinarRevision } from '@foyer/doc'

/** A webinar as a calendar takes it. It holds nothing that a guest may not know. */
export interface CalendarEvent {
  /** Stays the same for one webinar, so that its file put in again moves the entry and makes no second one. */
  uid: string
  name: string
  description: string
  /** The participant link; never the host's. */
  url: string
  schedule: Schedule
  /** ms since 1970 */
  startsAt: number
  endsAt: number
  revision: WebinarRevision
}

interface Source {
  /** What names the webinar: its id, or its slug where that is all a guest knows. */
  key: string
  name: string
  description: string
  schedule: Schedule
  startsAt: number
  endsAt: number
  revision: WebinarRevision
  /** Its participant link. */
  url: string
}

export const calendarEvent = ({ key, ...source }: Source): CalendarEvent => ({
  ...source,
  url: withoutToken(source.url),
  uid: `${key}@${new URL(source.url).hostname}`
})

/** A host's token stands in the fragment; an entry is passed on, and must not hold it. */
const withoutToken = (url: string): string => url.split('#')[0] ?? url

/** What the entry says: the webinar's own words, and where to go. */
export const eventText = ({ description, url }: CalendarEvent): string =>
  description === '' ? url : `${description}\n\n${url}`

/**
 * Start and end as clocks in the webinar's zone show them ("2026-12-01T10:00"). Null where such a time does not
 * name one instant: an unknown zone, or an hour that comes twice. Then only UTC says what is meant.
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
