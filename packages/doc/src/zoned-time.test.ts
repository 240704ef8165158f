import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { instantOf, isWallTime, readInstant, wallTimeIn, zoneForIntl } from './zoned-time.ts'
import { ZONE_NAMES } from './zone-names.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const utc = (text: string) => Date.parse(`${text}Z`)
const wall = (instantAsUtc: number) => new Date(instantAsUtc).toISOString().slice(0, 16)

const zone = fc.constantFrom(...ZONE_NAMES)
const offsetAt = (timeZone: string, instant: number) => utc(wallTimeIn(timeZone, instant)) - instant

describe('instantOf', () => {
  it.each([
    ['2026-12-01T10:00', 'Europe/Berlin', '2026-12-01T09:00'],
    ['2026-07-01T10:00', 'Europe/Berlin', '2026-07-01T08:00'],
    ['2026-07-01T10:00', 'Asia/Tokyo', '2026-07-01T01:00'],
    ['2026-07-01T00:15', 'Asia/Kathmandu', '2026-06-30T18:30'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30'], // occurs twice: the earlier one
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45'], // half an hour occurs twice
    ['2011-12-31T00:30', 'Pacific/Apia', '2011-12-30T10:30'], // the day before was skipped
    ['2026-01-01T00:00', 'utc', '2026-01-01T00:00']
  ])('%s in %s is %s', (wallTime, timeZone, instant) => {
    expect(instantOf(wallTime, timeZone)).toBe(utc(instant))
  })

  it.each([
    ['2026-03-29T02:30', 'Europe/Berlin'], // skipped by the change to summer time
    ['2026-10-04T02:15', 'Australia/Lord_Howe'],
    ['2011-12-30T12:00', 'Pacific/Apia'],
    ['2026-02-30T10:00', 'Europe/Berlin'],
    ['2026-12-01T24:00', 'Europe/Berlin'],
    ['2026-12-01T10:60', 'Europe/Berlin'],
    ['2026-12-01', 'Europe/Berlin'],
    ['tomorrow', 'Europe/Berlin'],
    ['2026-12-01T10:00', 'Mars/Base']
  ])('%s in %s is none', (wallTime, timeZone) => {
    expect(instantOf(wallTime, timeZone)).toBeNull()
  })

  it('inverts wallTimeIn in every zone; the earlier instant of an ambiguous time', () => {
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: utc('1990-01-01') / MINUTE, max: utc('2060-01-01') / MINUTE }),
        (timeZone, at) => {
          const instant = at * MINUTE
          const found = instantOf(wallTimeIn(timeZone, instant), timeZone)
          expect(found).not.toBeNull()
          expect(found).toBeLessThanOrEqual(instant)
          expect(wallTimeIn(timeZone, found ?? 0)).toBe(wallTimeIn(timeZone, instant))
        }
      ),
      { numRuns: 1_000 }
    )
  })

  it('agrees with a search of all offsets around each clock change', () => {
    const search = (wallTime: string, timeZone: string): number | null => {
      for (let offset = 15 * 60; offset >= -13 * 60; offset -= 15) {
        const instant = utc(wallTime) - offset * MINUTE
        if (wallTimeIn(timeZone, instant) === wallTime) return instant
      }
      return null
    }
    const near = fc.integer({ min: -16, max: 16 }).map(quarters => quarters * 15 * MINUTE)
    fc.assert(
      fc.property(zone, fc.integer({ min: 2000, max: 2037 }), near, (timeZone, year, distance) => {
        for (let day = utc(`${year}-01-01`); day < utc(`${year + 1}-01-01`); day += DAY) {
          if (offsetAt(timeZone, day) === offsetAt(timeZone, day + DAY)) continue
          let from = day
          while (offsetAt(timeZone, from) === offsetAt(timeZone, from + 15 * MINUTE)) from += 15 * MINUTE
          const wallTime = wall(from + offsetAt(timeZone, from) + distance)
          expect(instantOf(wallTime, timeZone), `${wallTime} ${timeZone}`).toBe(search(wallTime, timeZone))
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe('readInstant', () => {
  it.each([
    ['2026-12-01T10:00', 'Europe/Berlin', '2026-12-01T09:00'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30'], // skipped: 03:30 summer time
    ['2026-03-08T02:15', 'America/New_York', '2026-03-08T07:15'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45'],
    ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T22:00'], // a whole day later
    ['2026-12-01T10:00', 'Mars/Base', '2026-12-01T10:00'],
    // Engine names, not IANA's: one engine would read Bangladesh, another none.
    ['2026-12-01T10:00', 'BST', '2026-12-01T10:00'],
    ['2026-12-01T10:00', 'SystemV/PST8PDT', '2026-12-01T10:00'],
    ['2026-12-01T10:00', 'EST', '2026-12-01T15:00'],
    ['2026-12-01T10:00', '+02:00', '2026-12-01T08:00']
  ])('%s in %s is %s', (wallTime, timeZone, instant) => {
    expect(readInstant(wallTime, timeZone)).toBe(utc(instant))
  })

  it.each([['2026-02-30T10:00'], ['tomorrow']])('%s is none', wallTime => {
    expect(readInstant(wallTime, 'Europe/Berlin')).toBeNull()
    expect(readInstant(wallTime, 'Mars/Base')).toBeNull()
  })
})

describe('zoneForIntl', () => {
  it('gives older engines the former name', async () => {
    vi.resetModules()
    const { zoneForIntl } = await import('./zoned-time.ts')
    const { DateTimeFormat } = Intl
    vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function (...[locale, options]) {
      if (options?.timeZone === 'America/Coyhaique') throw new RangeError('unknown')
      return new DateTimeFormat(locale, options)
    })
    expect(zoneForIntl('America/Coyhaique')).toBe('America/Punta_Arenas')
    vi.restoreAllMocks()
  })

  it('knows every zone that may be written, and no other', () => {
    expect(ZONE_NAMES.filter(name => zoneForIntl(name) === null)).toEqual([])
    const others = [
      'BST',
      'CST',
      'IST',
      'JST',
      'PST',
      'ACT',
      'SystemV/PST8PDT',
      'Etc/Unknown',
      'toString',
      ''
    ]
    expect(others.filter(name => zoneForIntl(name) !== null)).toEqual([])
  })
})

describe('isWallTime', () => {
  it.each([
    ['2026-03-29T02:30', 'Europe/Berlin', false],
    ['2026-03-29T03:00', 'Europe/Berlin', true],
    ['2026-03-29T02:30', 'Europe/Unheard', true], // the writer's engine may know it
    ['2026-02-30T10:00', 'Europe/Unheard', false]
  ])('%s in %s: %s', (wallTime, timeZone, is) => {
    expect(isWallTime(wallTime, timeZone)).toBe(is)
  })
})

describe('wallTimeIn', () => {
  it('throws on an unknown zone', () => {
    expect(() => wallTimeIn('Mars/Base', 0)).toThrow(RangeError)
  })
})
