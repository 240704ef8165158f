import type * as Y from 'yjs'
import { isFieldKey, itemRoot } from './keys.ts'
import { readField } from './fields.ts'
import { isTimeZone } from './zone-names.ts'
import { isEnginesOwn } from './zoned-time.ts'

/**
 * Writes the zone of IANA in place of a name that only an engine knows, which earlier apps took and the guard refuses
 * ("BST"). The clock shows the same time there, and a later edit by somebody else still wins: this is the same edit, a moment later.
 * @param keys of the webinars' root: what the server does not have. What it has reads everywhere as it does
 * (docs/decisions/0029)
 * @param ownZone the device's, for names that this engine does not know either
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

/** What the engine takes the name for, which is what the person was shown. */
const meantBy = (name: string): string | undefined => {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return [timeZone, timeZone.replace('SystemV/', '')].find(isTimeZone)
  } catch {
    return undefined
  }
}
