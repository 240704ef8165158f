import { isNewerThanApp, mendZones, ROOT_OF } from '@foyer/doc'
import { unsyncedKeys, type StateVector } from '@foyer/sync'
import type * as Y from 'yjs'
import { ownTimeZone } from '#lib/intl/format-time.ts'

/** What an earlier app wrote here in a zone that is none, and the server would refuse. By itself: few have any. */
export const mendUnsyncedZones = (doc: Y.Doc, stored: StateVector): void => {
  if (!isNewerThanApp(doc)) mendZones(doc, unsyncedKeys(doc.getMap(ROOT_OF.webinar), stored), ownTimeZone())
}
