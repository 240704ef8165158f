/** Wall times in IANA zones, using only Intl to keep the first load small. */

const DAY = 86_400_000
const formatters = new Map<string, Intl.DateTimeFormat>()

/**
 * Zone names outside IANA's list that only some engines accept, or read differently: a webinar
 * would start at a different time in each. The list itself (`zone-names.ts`) is too large for
 * readers.
 */
const ENGINES_OWN = new RegExp(
  '^(?:(?!UTC|UCT|GMT|[CEMW]ET|[EMH]ST|PRC|ROC|ROK)[A-Z]{3}' +
    '|SystemV/.*|US/Pacific-New|Canada/East-Saskatchewan|Etc/Unknown)$',
  'i'
)

/** Is it a zone name to some engines, but not to IANA? */
export const isEnginesOwn = (timeZone: string): boolean => ENGINES_OWN.test(timeZone)

/** Former names of the newest zones, for engines with an older list. */
const BEFORE: Partial<Record<string, string>> = {
  'america/ciudad_juarez': 'America/Denver',
  'america/coyhaique': 'America/Punta_Arenas',
  'europe/kyiv': 'Europe/Kiev'
}

const createFormatter = (timeZone: string): Intl.DateTimeFormat | null => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric'
    })
  } catch {
    return null
  }
}

const formatterFor = (timeZone: string): Intl.DateTimeFormat | null => {
  if (isEnginesOwn(timeZone)) return null
  const key = timeZone.toLowerCase() // names are case-insensitive: one cache entry per zone
  const known = formatters.get(key)
  if (known !== undefined) return known
  const formatter = createFormatter(timeZone) ?? createFormatter(BEFORE[key] ?? timeZone)
  if (formatter !== null) formatters.set(key, formatter)
  return formatter
}

/** This engine's name for a zone; null if it does not know the zone. */
export const zoneForIntl = (timeZone: string): string | null =>
  formatterFor(timeZone)?.resolvedOptions().timeZone ?? null

/**
 * Does the wall time exist in the zone? If this engine does not know the zone yet, any valid date
 * and time is accepted: the writer's engine may know it.
 */
export const isWallTime = (wallTime: string, timeZone: string): boolean =>
  instantOf(wallTime, formatterFor(timeZone) === null ? 'UTC' : timeZone) !== null

/** The wall time in the zone at an instant, as if it were UTC (ms). */
const wallMs = (formatter: Intl.DateTimeFormat, instant: number): number => {
  const at: Record<string, number> = {}
  for (const { type, value } of formatter.formatToParts(instant)) at[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Cached: a call to Intl takes some microseconds, and each read of a webinar makes two. */
const instants = new Map<string, number | null>()
const MOST_INSTANTS = 5_000

/**
 * The instant (ms since 1970) at which clocks in the zone show `wallTime` ("2026-12-01T10:00").
 * Null if there is none: an invalid date, or a time skipped by the change to summer time. For a
 * time that occurs twice, the earlier instant. After Temporal's GetPossibleEpochNanoseconds.
 */
export const instantOf = (wallTime: string, timeZone: string): number | null => {
  const formatter = formatterFor(timeZone)
  const asUtc = Date.parse(`${wallTime}Z`)
  if (formatter === null || Number.isNaN(asUtc)) return null
  if (new Date(asUtc).toISOString().slice(0, 16) !== wallTime) return null // 31 February rolls over
  const key = `${wallTime} ${timeZone}`
  let instant = instants.get(key)
  if (instant === undefined) {
    instant = findInstant(formatter, asUtc)
    if (instants.size >= MOST_INSTANTS) instants.clear()
    instants.set(key, instant)
  }
  return instant
}

/**
 * The instant of a wall time, for readers. It was valid when written, so it always resolves: a zone
 * unknown to this engine reads as UTC, and a time skipped by a later rule change moves forward by
 * the gap, as Temporal's "compatible" does. Null only if it is not a date and time.
 */
export const readInstant = (wallTime: string, timeZone: string): number | null => {
  const instant = instantOf(wallTime, timeZone)
  if (instant !== null) return instant
  const asUtc = instantOf(wallTime, 'UTC')
  const formatter = formatterFor(timeZone)
  if (asUtc === null || formatter === null) return asUtc
  return asUtc - offsetAt(formatter, asUtc - DAY)
}

const offsetAt = (formatter: Intl.DateTimeFormat, instant: number) => wallMs(formatter, instant) - instant

const findInstant = (formatter: Intl.DateTimeFormat, asUtc: number): number | null => {
  const candidates = new Set([
    asUtc - offsetAt(formatter, asUtc - DAY),
    asUtc - offsetAt(formatter, asUtc + DAY)
  ])
  const possible = [...candidates].filter(instant => wallMs(formatter, instant) === asUtc)
  return possible.length === 0 ? null : Math.min(...possible)
}

/**
 * The wall time in the zone at an instant, "2026-12-01T10:00".
 * @throws {RangeError} the zone is unknown
 */
export const wallTimeIn = (timeZone: string, instant: number): string => {
  const formatter = formatterFor(timeZone)
  if (formatter === null) throw new RangeError(`no such time zone: ${timeZone}`)
  return new Date(wallMs(formatter, instant)).toISOString().slice(0, 16)
}
