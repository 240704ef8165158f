import { zoneForIntl } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'
import { formatCount } from './format-count.ts'
import { perLocale } from './per-locale.ts'

/** "Tuesday, 1 December 2026 at 10:00", in the viewer's own zone. */
export const exactTime = (at: number): string => exact().format(at)

/** "Tue 1 Dec, 10:00", with the year unless it is the current one. */
export const startTime = (at: number, now: number): string => {
  const day = yearOf(at) === yearOf(now) ? shortDay() : shortDayAndYear()
  return m.time_day_and_clock({ day: day.format(at), clock: clockTime(at) })
}

/** "45 min", "1 h", "1 h 30 min" */
export const duration = (minutes: number): string => {
  const parts = { hours: formatCount(Math.floor(minutes / 60)), minutes: formatCount(minutes % 60) }
  if (minutes < 60) return m.time_minutes(parts)
  return minutes % 60 === 0 ? m.time_hours(parts) : m.time_hours_and_minutes(parts)
}

/** "Today", "Yesterday", "Tuesday, 1 December" */
export const dayName = (at: number, now: number): string => {
  // Rounded: days can have 23 or 25 hours.
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days === 0) return m.time_today()
  if (days === 1) return m.time_yesterday()
  return (yearOf(at) === yearOf(now) ? longDay() : longDayAndYear()).format(at)
}

/** "14:05", in the viewer's own zone. */
export const clockTime = (at: number): string => clock().format(at)

/** This device's time zone; UTC if the browser reports none ("Etc/Unknown"). */
export const ownTimeZone = (): string => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined
  return own !== undefined && zoneForIntl(own) !== null && !/^[+-]/.test(own) ? own : 'UTC'
}

const dateFormat = (options: Intl.DateTimeFormatOptions) =>
  perLocale(language => new Intl.DateTimeFormat(language, options))

const exact = dateFormat({ dateStyle: 'full', timeStyle: 'short' })
const clock = dateFormat({ timeStyle: 'short' })
const shortDay = dateFormat({ weekday: 'short', day: 'numeric', month: 'short' })
const shortDayAndYear = dateFormat({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const longDay = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' })
const longDayAndYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

const yearOf = (at: number) => new Date(at).getFullYear()
const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)
