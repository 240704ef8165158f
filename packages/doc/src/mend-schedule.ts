import { readField } from './fields.ts'
import type { Schedule } from './schema.ts'
import { isTimeZone } from './zone-names.ts'
import { readInstant, wallTimeIn } from './zoned-time.ts'

/** A schedule as a file has it, and as it can be written here. */
export interface MendedSchedule {
  found: Schedule
  written: Schedule
}

/**
 * A schedule that readers take and the guard would not, because engines and the rules of zones differ: it
 * becomes what readers show of it. Undefined where it is no schedule for readers either.
 */
export const mendSchedule = (raw: unknown): MendedSchedule | undefined => {
  const found = readField('webinar', 'schedule', [raw, 0])
  const instant = found && readInstant(found.startsAt, found.timeZone)
  if (found === undefined || instant === undefined || instant === null) return undefined
  const timeZone = isTimeZone(found.timeZone) ? found.timeZone : 'UTC'
  return { found, written: { ...found, timeZone, startsAt: wallTimeIn(timeZone, instant) } }
}
