import { wallTimeIn, zoneForIntl } from '@foyer/doc'
import { rawTimeZones, type RawTimeZone } from '@vvo/tzdb'
import { fold } from '#lib/intl/fold.ts'
import { locale } from '#lib/intl/locale.ts'
import { createYielder } from '#lib/ui/yielder.ts'
import { nameIn } from './time-zones.ts'

/** A suggested zone. */
export interface ZoneChoice {
  zone: string
  /** "London" */
  city: string
  /** "United Kingdom", in the person's language */
  country: string
  /** "GMT+1" at the given time. */
  offset: string
}

const MAX_CHOICES = 5
const SHORTEST = 2

/**
 * Suggests zones for a typed city, country, abbreviation or offset, most used first.
 * The data is large: load this module on demand.
 * @param at ms since 1970, decides offsets and names
 */
export const zoneChoices = async (text: string, at: number): Promise<ZoneChoice[]> => {
  const meant = words(text)
  const minutes = offsetIn(meant)
  const matches =
    minutes !== undefined
      ? placesAt(minutes, at)
      : Array.from(meant).length < SHORTEST
        ? []
        : ((await placesLike(meant, namesOf)) ?? (await placesLike(meant, localNamesOf)) ?? [])
  const countryOf = countries()
  return matches
    .sort((a, b) => b.score - a.score || b.zone.group.length - a.zone.group.length)
    .slice(0, MAX_CHOICES)
    .map(({ zone, city }) => ({
      zone: zone.name,
      city: city ?? zone.mainCities[0] ?? '',
      country: countryOf(zone),
      offset: nameIn(zone.name, at, 'shortOffset')
    }))
}

interface Match {
  zone: RawTimeZone
  score: number
  /** The matching city. */
  city?: string | undefined
}

/** Folds and normalizes separators: "Port-au-Prince" equals "port_au_prince". */
const words = (text: string): string =>
  fold(text)
    .replace(/[\s_/.,()]+|(?<=\p{L})-/gu, ' ')
    .trim()

/** Parses "+2", "GMT+02:00" or "utc−0530" to minutes. */
const offsetIn = (meant: string): number | undefined => {
  const [, sign, hours, minutes = '0'] =
    /^(?:(?:gmt|utc) ?)?([+\u2212-]) ?(\d\d?)(?::?([0-5]\d))?$/.exec(meant) ?? []
  if (sign === undefined || hours === undefined) return undefined
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes))
}

const placesAt = (minutes: number, at: number): Match[] =>
  known()
    .filter(
      ({ name }) =>
        Date.parse(`${wallTimeIn(name, at)}Z`) - Math.floor(at / 60_000) * 60_000 === minutes * 60_000
    )
    .map(zone => ({ zone, score: 0 }))

/** Null if nothing matches. */
const placesLike = async (meant: string, namesOf: () => Promise<NamesOf>): Promise<Match[] | null> => {
  const names = await namesOf()
  const matches = known().flatMap(zone => {
    const score = Math.max(...names(zone).map(name => scoreOf(name, meant)))
    const cities = zone.mainCities.map(city => ({ city, score: scoreOf(words(city), meant) }))
    return score === 0 ? [] : [{ zone, score, city: cities.find(({ score }) => score > 0)?.city }]
  })
  return matches.length === 0 ? null : matches
}

const scoreOf = (name: string, meant: string): number =>
  name === meant ? 3 : name.startsWith(meant) ? 2 : name.includes(` ${meant}`) ? 1 : 0

type NamesOf = (zone: RawTimeZone) => string[]

/** Names that are cheap to get. */
const namesOf = (): Promise<NamesOf> => {
  const countryOf = countries()
  return Promise.resolve(zone =>
    [
      zone.abbreviation,
      zone.dstAbbreviation ?? '',
      ...zone.mainCities,
      ...zone.group,
      ...zone.group.map(name => name.slice(name.lastIndexOf('/') + 1)),
      zone.countryName,
      zone.alternativeName,
      countryOf(zone)
    ].map(words)
  )
}

const local = new Map<string, string>()

/** Localized names from Intl, which include the country or city. Each takes a millisecond. */
const localNamesOf = async (): Promise<NamesOf> => {
  const yieldNow = createYielder()
  for (const { name } of known()) {
    const key = `${locale()} ${name}`
    if (!local.has(key)) local.set(key, words(nameIn(name, 0, 'shortGeneric')))
    await yieldNow()
  }
  return ({ name }) => [local.get(`${locale()} ${name}`) ?? '']
}

const countries = (): ((zone: RawTimeZone) => string) => {
  const names = new Intl.DisplayNames(locale(), { type: 'region', fallback: 'none' })
  return ({ countryCode, countryName }) => names.of(countryCode) ?? countryName
}

let checked: RawTimeZone[] | undefined
/** The zones that this engine supports. */
const known = (): RawTimeZone[] => (checked ??= rawTimeZones.filter(({ name }) => zoneForIntl(name) !== null))
