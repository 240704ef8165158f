import { isTimeZone } from '@foyer/doc'
import { duration, ownTimeZone, startTime } from '#lib/intl/format-time.ts'
import { locale } from '#lib/intl/locale.ts'
import { m } from '#lib/paraglide/messages.js'
import { zoneWords } from './time-zones.ts'

/** Suggested lengths in minutes. */
export const LENGTHS = [15, 30, 45, 60, 90, 120, 180]

/**
 * Repeats the entered start in the app's language: the browser's field follows the device's.
 * @param startsAt null while the fields are invalid. Both in ms since 1970.
 */
export const startsHint = (startsAt: number | null, timeZone: string, now: number): string | undefined => {
  if (startsAt === null) return undefined
  return startsAt < now ? m.items_starts_past() : dayAndClock(startsAt, timeZone)
}

/** "Tue 1 Dec 2026, 10:00" */
const dayAndClock = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone
  }).format(at)

/** @param minutes NaN if invalid */
export const lengthHint = (minutes: number): string =>
  Number.isInteger(minutes) && minutes >= 60 ? duration(minutes) : m.items_length_hint()

/** The zone's name, and the start in the person's own zone if that differs. */
export const zoneHint = (timeZone: string, startsAt: number | null, now: number): string | undefined => {
  if (!isTimeZone(timeZone)) return undefined
  const zone = zoneWords(timeZone, startsAt ?? now)
  if (startsAt === null || zone === zoneWords(ownTimeZone(), startsAt)) return zone
  return m.items_zone_elsewhere({ zone, time: startTime(startsAt, now) })
}
