import { m } from '#lib/paraglide/messages.js'
import { perLocale } from './per-locale.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const UNITS: [unit: Intl.RelativeTimeFormatUnit, ms: number, below: number][] = [
  ['minute', MINUTE, HOUR],
  ['hour', HOUR, DAY],
  ['day', DAY, 14 * DAY],
  ['week', 7 * DAY, 60 * DAY],
  ['month', 30.44 * DAY, 700 * DAY],
  ['year', 365.25 * DAY, Infinity]
]

const formatter = perLocale(language => new Intl.RelativeTimeFormat(language, { numeric: 'always' }))

/** "3 hours ago", "in 2 days", "just now". Times in ms since 1970. */
export const relativeTime = (at: number, now: number, language?: string): string => {
  const distance = at - now
  const size = Math.abs(distance)
  if (size < MINUTE) return distance > 0 ? m.time_in_less_than_a_minute() : m.time_just_now()
  const [unit, ms] = UNITS.find(([, , below]) => size < below) ?? (['year', 365.25 * DAY] as const)
  // Truncates: 119 minutes ago is not 2 hours ago.
  return formatter(language).format(Math.trunc(distance / ms), unit)
}

/** "3 hours ago", for past events: "just now" if the clock puts them in the future. */
export const timeAgo = (at: number, now: number, language?: string): string =>
  relativeTime(Math.min(at, now), now, language)

/** "in 29 days", rounded up to whole days. Times in ms since 1970. */
export const inDays = (at: number, now: number, language?: string): string =>
  formatter(language).format(Math.max(0, Math.ceil((at - now) / DAY)), 'day')
