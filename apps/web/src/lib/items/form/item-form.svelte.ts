import { instantOf, isTimeZone, wallTimeIn } from '@foyer/doc'
import type { Access, Cover, InvalidValueError, Item, ItemKind, Schedule } from '@foyer/doc'
import { ownTimeZone } from '#lib/intl/format-time.ts'
import { parseNumber } from '#lib/intl/parse-number.ts'
import { m } from '#lib/paraglide/messages.js'
import { focusInvalid } from '#lib/ui/focus-invalid.ts'
import { refusalText } from '#lib/workspace/refusals/refusal-text.ts'
import { findZone } from './time-zones.ts'

export interface ItemValues {
  name: string
  access: Access
  cover: Cover
  schedule?: Schedule
  description?: string
}

const HOUR = 3_600_000

/** State of the form of a room or webinar: values and errors. */
export class ItemForm {
  readonly kind: ItemKind
  name = $state('')
  access = $state<Access>('ask')
  cover = $state.raw<Cover>({ preset: 'dawn' })
  description = $state('')
  startsAt = $state('')
  timeZone = $state('')
  /** Minutes, as typed. */
  length = $state('45')
  errors = $state.raw<Record<string, string>>({})

  /** @param item the item to edit; omitted for a new one. @param now ms since 1970 */
  constructor(kind: ItemKind, now: number, item?: Item) {
    this.kind = kind
    this.timeZone = ownTimeZone()
    // Defaults to tomorrow, on the hour.
    this.startsAt = wallTimeIn(this.timeZone, Math.ceil(now / HOUR) * HOUR + 24 * HOUR)
    if (item === undefined) return
    this.name = item.name
    this.access = item.access
    this.cover = item.cover
    if (item.kind === 'room') return
    this.description = item.description
    this.startsAt = item.schedule.startsAt
    this.timeZone = item.schedule.timeZone
    this.length = String(item.schedule.minutes)
    // Zones that only some engines accept are read as UTC and must be corrected.
    if (!isTimeZone(this.timeZone)) this.checkZone()
  }

  /** The start, ms since 1970; null while the fields are invalid. */
  get startsAtMs(): number | null {
    return instantOf(this.startsAt.slice(0, 16), this.timeZone)
  }

  /** The length, or NaN while the field is not a number. */
  get minutes(): number {
    return parseNumber(this.length)
  }

  /** On blur: corrects the zone's spelling, or shows an error. */
  readonly checkZone = () => {
    this.timeZone = findZone(this.timeZone)
    const { timeZone: _, ...others } = this.errors
    this.errors = isTimeZone(this.timeZone) ? others : { ...others, timeZone: m.items_refused_time_zone() }
  }

  /** The values in the document's format. */
  get values(): ItemValues {
    const { name, access, cover } = this
    if (this.kind === 'room') return { name, access, cover }
    const { startsAt, timeZone, minutes, description } = this
    // Some browsers append seconds.
    const schedule = {
      startsAt: startsAt.slice(0, 16),
      timeZone: findZone(timeZone),
      minutes
    }
    return { name, access, cover, schedule, description }
  }

  /**
   * Writes the values. A refused value is reported at its field, which gets the focus.
   * @param write edits the workspace and passes on a refusal
   * @returns the result of `write`, or null if nothing was written
   */
  submit<T>(
    form: HTMLFormElement,
    write: (values: ItemValues, onRefused: (error: InvalidValueError) => void) => T | null
  ): T | null {
    return write(this.values, error => {
      this.errors = { [error.field]: refusalText(error) }
      void focusInvalid(form, '[aria-invalid="true"], [role="alert"]')
    })
  }
}
