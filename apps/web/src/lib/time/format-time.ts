import { locale } from './locale.ts'

/** "Tuesday, 1 December 2026 at 10:00", in the viewer's own zone. */
export const exactTime = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' }).format(at)

/** "Tue 1 Dec, 10:00"; the year only where it is not this one. */
export const startTime = (at: number, now: number): string => {
  const day = new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(yearOf(at) === yearOf(now) ? {} : { year: 'numeric' })
  })
  return `${day.format(at)}, ${clockTime(at)}`
}

/** "45 min", "1 h", "1 h 30 min" */
export const duration = (minutes: number): string => {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return [hours > 0 && `${String(hours)} h`, rest > 0 && `${String(rest)} min`].filter(Boolean).join(' ')
}

/** "Today", "Yesterday", "Tuesday, 1 December" */
export const dayName = (at: number, now: number): string => {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000) // a day of 23 hours is one too
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return new Intl.DateTimeFormat(locale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(yearOf(at) === yearOf(now) ? {} : { year: 'numeric' })
  }).format(at)
}

/** "14:05", in the viewer's own zone. */
export const clockTime = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(at)

/** The zone that this device is in. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const yearOf = (at: number) => new Date(at).getFullYear()
const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)
