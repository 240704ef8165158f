/** Wall times in IANA zones, by Intl alone: `packages/doc` must stay small enough for the first load. */

const DAY = 86_400_000
const formatters = new Map<string, Intl.DateTimeFormat>()

/**
 * What engines take beside IANA's names, each its own: a webinar would start at another time in each of them.
 * The list itself (`zone-names.ts`) is too large for readers.
 */
const ENGINES_OWN = new RegExp(
  '^(?:(?!UTC|UCT|GMT|[CEMW]ET|[EMH]ST|PRC|ROC|ROK)[A-Z]{3}' +
    '|SystemV/.*|US/Pacific-New|Canada/East-Saskatchewan|Etc/Unknown)$',
  'i'
)

/** Is it a name that some engines take for a zone, and IANA does not? */
export const isEnginesOwn = (timeZone: string): boolean => ENGINES_OWN.test(timeZone)

/** What the newest names were before, for engines whose list is older. */
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
  const key = timeZone.toLowerCase() // zone names are the same in any case; a cache must not grow by spelling
  const known = formatters.get(key)
  if (known !== undefined) return known
  const formatter = createFormatter(timeZone) ?? createFormatter(BEFORE[key] ?? timeZone)
  if (formatter !== null) formatters.set(key, formatter)
  return formatter
}

/** What this engine's Intl takes for a zone; null where it does not know it. */
export const zoneForIntl = (timeZone: string): string | null =>
  formatterFor(timeZone)?.resolvedOptions().timeZone ?? null

/**
 * Is there such a time in the zone? Of a zone that this engine does not know yet each date and time is taken:
 * whoever wrote it may have known.
 */
export const isWallTime = (wallTime: string, timeZone: string): boolean =>
  instantOf(wallTime, formatterFor(timeZone) === null ? 'UTC' : timeZone) !== null

/** What a clock in the zone shows at an instant, as if that were UTC (ms). */
const wallMs = (formatter: Intl.DateTimeFormat, instant: number): number => {
  const at: Record<string, number> = {}
  for (const { type, value } of formatter.formatToParts(instant)) at[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Worked out once: each question of Intl takes some microseconds, and each read of a webinar asks twice. */
const instants = new Map<string, number | null>()
const MOST_INSTANTS = 5_000

/**
 * The instant (ms since 1970) at which clocks in the zone show `wallTime` ("2026-12-01T10:00").
 * Null when there is none: no such date, or a time that the change to summer time skips. Of a time
 * that comes twice the earlier one is taken. After Temporal's GetPossibleEpochNanoseconds.
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
 * The instant of a wall time for readers: it was right when it was written, so that neither a zone which this
 * engine does not know (it reads as UTC) nor a later change of a zone's rules that skips it (it moves on by
 * what is skipped, as Temporal's "compatible" does) may take it away. Null only where it is no date and time.
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

/** The wall time in the zone at an instant, "2026-12-01T10:00". Throws RangeError on an unknown zone. */
export const wallTimeIn = (timeZone: string, instant: number): string => {
  const formatter = formatterFor(timeZone)
  if (formatter === null) throw new RangeError(`no such time zone: ${timeZone}`)
  return new Date(wallMs(formatter, instant)).toISOString().slice(0, 16)
}
