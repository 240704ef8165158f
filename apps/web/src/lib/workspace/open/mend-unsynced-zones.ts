import { isNewerThanApp, mendZones, ROOT_OF } from '@foyer/doc'
import { unsyncedKeys, type StateVector } from '@foyer/sync'
import type * as Y from 'yjs'
import { ownTimeZone } from '#lib/intl/format-time.ts'

/** Repairs unsynced invalid time zones written by older versions, which the server would refuse. */
export const mendUnsyncedZones = (doc: Y.Doc, stored: StateVector): void => {
  if (!isNewerThanApp(doc)) mendZones(doc, unsyncedKeys(doc.getMap(ROOT_OF.webinar), stored), ownTimeZone())
}
