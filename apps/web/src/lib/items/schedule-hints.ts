import { isTimeZone } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'
import { duration, ownTimeZone, startTime } from '#lib/time/format-time.ts'
import { zoneWords } from './time-zones.ts'

/** What webinars mostly take, in minutes. */
export const LENGTHS = [15, 30, 45, 60, 90, 120, 180]

/** @param startsAt null where the form names no instant. Both in ms since 1970. */
export const startsHint = (startsAt: number | null, now: number): string | undefined =>
  startsAt !== null && startsAt < now ? m.items_starts_past() : undefined

export const lengthHint = (minutes: number | null): string =>
  minutes !== null && Number.isInteger(minutes) && minutes >= 60
    ? m.items_length_hint_words({ duration: duration(minutes) })
    : m.items_length_hint()

/** The zone in words, and what its start is for this person where that differs. */
export const zoneHint = (timeZone: string, startsAt: number | null, now: number): string | undefined => {
  if (!isTimeZone(timeZone)) return undefined
  const zone = zoneWords(timeZone, startsAt ?? now)
  if (startsAt === null || zone === zoneWords(ownTimeZone(), startsAt)) return zone
  return m.items_zone_elsewhere({ zone, time: startTime(startsAt, now) })
}
