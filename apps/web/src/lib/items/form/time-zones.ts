import { isTimeZone, zoneForIntl, zoneName } from '@foyer/doc'
import { locale } from '#lib/intl/locale.ts'

const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter(isTimeZone)]

/** What a zone is called at that time, in the person's language. */
export const nameIn = (
  timeZone: string,
  at: number,
  timeZoneName: Intl.DateTimeFormatOptions['timeZoneName']
): string =>
  new Intl.DateTimeFormat(locale(), { timeZone: zoneForIntl(timeZone) ?? 'UTC', timeZoneName })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** "Central European Summer Time · GMT+2", as it is at that time (ms since 1970). */
export const zoneWords = (timeZone: string, at: number): string =>
  `${nameIn(timeZone, at, 'long')} · ${nameIn(timeZone, at, 'shortOffset')}`

/** What the field offers: the person's own zone first, each with its offset at that time. */
export const zoneOptions = (own: string, at: number): { zone: string; offset: string }[] =>
  [...new Set([own, ...zones()])].map(zone => ({ zone, offset: nameIn(zone, at, 'shortOffset') }))

/** As it is typed or pasted: full-width letters, invisible characters, blanks for underlines. */
const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/[\s_]+/g, '_')

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase()

/** The zone that was meant: by its name in any case, or by its city alone. Else the text, as it is. */
export const findZone = (text: string): string => {
  const meant = tidy(text)
  const named = zoneName(meant)
  if (named !== undefined) return named
  const inCity = zones().filter(zone => cityOf(zone) === meant.toLowerCase())
  return inCity.length === 1 ? (inCity[0] ?? text) : text.trim()
}

/** Does the text name a zone that is a place, or UTC itself? "EST" is a zone without summer time, which few mean. */
export const isPlace = (text: string): boolean => {
  const zone = zoneName(tidy(text))
  return zone !== undefined && (zone.includes('/') || zone === 'UTC' || zone === 'GMT')
}
