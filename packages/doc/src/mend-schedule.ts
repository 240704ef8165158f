import { readField } from './fields.ts'
import type { Schedule } from './schema.ts'
import { isTimeZone } from './zone-names.ts'
import { readInstant, wallTimeIn } from './zoned-time.ts'

/** A schedule as found in a file, and as it can be written here. */
export interface MendedSchedule {
  found: Schedule
  written: Schedule
}

/**
 * Mends a schedule that readers accept and the guard refuses, since engines and time zone rules
 * differ: it becomes what readers show. Undefined if readers do not accept it either.
 */
export const mendSchedule = (raw: unknown): MendedSchedule | undefined => {
  const found = readField('webinar', 'schedule', [raw, 0])
  const instant = found && readInstant(found.startsAt, found.timeZone)
  if (found === undefined || instant === undefined || instant === null) return undefined
  const timeZone = isTimeZone(found.timeZone) ? found.timeZone : 'UTC'
  return { found, written: { ...found, timeZone, startsAt: wallTimeIn(timeZone, instant) } }
}
