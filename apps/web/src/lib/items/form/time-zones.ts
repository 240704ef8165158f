import { isTimeZone, zoneForIntl, zoneName } from '@foyer/doc'
import { locale } from '#lib/intl/locale.ts'

const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter(isTimeZone)]

/** A zone's name at a time, in the person's language. */
export const nameIn = (
  timeZone: string,
  at: number,
  timeZoneName: Intl.DateTimeFormatOptions['timeZoneName']
): string =>
  new Intl.DateTimeFormat(locale(), { timeZone: zoneForIntl(timeZone) ?? 'UTC', timeZoneName })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** "Central European Summer Time · GMT+2" at a time (ms since 1970). */
export const zoneWords = (timeZone: string, at: number): string =>
  `${nameIn(timeZone, at, 'long')} · ${nameIn(timeZone, at, 'shortOffset')}`

/** The field's options with their offsets at a time, the person's own zone first. */
export const zoneOptions = (own: string, at: number): { zone: string; offset: string }[] =>
  [...new Set([own, ...zones()])].map(zone => ({ zone, offset: nameIn(zone, at, 'shortOffset') }))

/** Normalizes typed or pasted text: full-width letters, invisible characters, spaces. */
const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/[\s_]+/g, '_')

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase()

/** Finds a zone by name, ignoring case, or by city; else returns the text unchanged. */
export const findZone = (text: string): string => {
  const meant = tidy(text)
  const named = zoneName(meant)
  if (named !== undefined) return named
  const inCity = zones().filter(zone => cityOf(zone) === meant.toLowerCase())
  return inCity.length === 1 ? (inCity[0] ?? text) : text.trim()
}

/** Whether the text names a place or UTC: "EST" is a zone without summer time, rarely meant. */
export const isPlace = (text: string): boolean => {
  const zone = zoneName(tidy(text))
  return zone !== undefined && (zone.includes('/') || zone === 'UTC' || zone === 'GMT')
}
