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

/** The fields of a room's or a webinar's form, and what is wrong with them. */
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

  /** @param item what is edited, or nothing: a new one. @param now ms since 1970 */
  constructor(kind: ItemKind, now: number, item?: Item) {
    this.kind = kind
    this.timeZone = ownTimeZone()
    // The next full hour that leaves time to invite people.
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
    // A name that only some engine took for a zone: it is read as UTC, and cannot be written again.
    if (!isTimeZone(this.timeZone)) this.checkZone()
  }

  /** When it would start, ms since 1970; null while the fields name no instant. */
  get startsAtMs(): number | null {
    return instantOf(this.startsAt.slice(0, 16), this.timeZone)
  }

  /** The length, or NaN while the field holds no number. */
  get minutes(): number {
    return parseNumber(this.length)
  }

  /** When the person leaves the field: the zone that was meant, or at once that there is none. */
  readonly checkZone = () => {
    this.timeZone = findZone(this.timeZone)
    const { timeZone: _, ...others } = this.errors
    this.errors = isTimeZone(this.timeZone) ? others : { ...others, timeZone: m.items_refused_time_zone() }
  }

  /** What the form says, as the document takes it. */
  get values(): ItemValues {
    const { name, access, cover } = this
    if (this.kind === 'room') return { name, access, cover }
    const { startsAt, timeZone, minutes, description } = this
    // Some browsers add seconds to a local time.
    const schedule = {
      startsAt: startsAt.slice(0, 16),
      timeZone: findZone(timeZone),
      minutes
    }
    return { name, access, cover, schedule, description }
  }

  /**
   * Writes the values; a refusal is shown at its field, which gets the focus, and nothing typed is lost.
   * @param write an edit of the workspace, which hears of a refusal
   * @returns what was written, or null where nothing was
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
