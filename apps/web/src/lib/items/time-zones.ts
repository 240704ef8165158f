import { isTimeZone } from '@foyer/doc'
import { locale } from '#lib/time/locale.ts'

const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')]

const nameIn = (
  timeZone: string,
  at: number,
  timeZoneName: Intl.DateTimeFormatOptions['timeZoneName']
): string =>
  new Intl.DateTimeFormat(locale(), { timeZone, timeZoneName })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** "Central European Summer Time · GMT+2", as it is at that time (ms since 1970). */
export const zoneWords = (timeZone: string, at: number): string =>
  `${nameIn(timeZone, at, 'long')} · ${nameIn(timeZone, at, 'shortOffset')}`

/** What the field offers: the person's own zone first, each with its offset at that time. */
export const zoneOptions = (own: string, at: number): { zone: string; offset: string }[] =>
  [...new Set([own, ...zones()])].map(zone => ({ zone, offset: nameIn(zone, at, 'shortOffset') }))

const fold = (text: string): string => text.trim().toLowerCase().replaceAll('_', ' ')

/** The zone that was meant: by its name in any case, or by its city alone. Else the text, as it is. */
export const findZone = (text: string): string => {
  const meant = fold(text)
  const named = zones().find(zone => fold(zone) === meant)
  if (named !== undefined || isTimeZone(text.trim())) return named ?? text.trim()
  const inCity = zones().filter(zone => fold(zone.split('/').at(-1) ?? '') === meant)
  return inCity.length === 1 ? (inCity[0] ?? text) : text.trim()
}
