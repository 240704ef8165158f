import type * as Y from 'yjs'
import { isFieldKey, itemRoot } from './keys.ts'
import { readField } from './fields.ts'
import { isTimeZone } from './zone-names.ts'
import { isEnginesOwn } from './zoned-time.ts'

/**
 * Replaces engine-specific zone names ("BST"), which earlier apps accepted and the guard refuses,
 * by IANA zones. The wall time stays. The edit time rises by 1 ms only, so that a later edit by
 * somebody else still wins.
 * @param keys keys of the webinars' root that the server lacks. Those it has already read the same
 * everywhere (docs/decisions/0029)
 * @param ownZone the device's zone, for names unknown to this engine too
 */
export const mendZones = (doc: Y.Doc, keys: Iterable<string>, ownZone: string): void => {
  const root = itemRoot(doc, 'webinar')
  doc.transact(() => {
    for (const key of keys) {
      const entry = isFieldKey(key, 'schedule') ? root.get(key) : undefined
      const schedule = readField('webinar', 'schedule', entry)
      if (entry === undefined || schedule === undefined || !isEnginesOwn(schedule.timeZone)) continue
      root.set(key, [{ ...schedule, timeZone: meantBy(schedule.timeZone) ?? ownZone }, entry[1] + 1])
    }
  })
}

/** The zone this engine reads the name as, which is what the person was shown. */
const meantBy = (name: string): string | undefined => {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return [timeZone, timeZone.replace('SystemV/', '')].find(isTimeZone)
  } catch {
    return undefined
  }
}
