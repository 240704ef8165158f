import * as doc from '@foyer/doc'
import type * as Y from 'yjs'
import { ownTimeZone } from '#lib/intl/format-time.ts'

/**
 * Loaded only when an account's workspace takes the place of the device's own: no part of Home's first load. What an earlier
 * app wrote there in a zone that is none goes along in one that the server takes.
 */
export const copyItems = (from: Y.Doc, to: Y.Doc): number => {
  doc.mendZones(from, doc.itemRoot(from, 'webinar').keys(), ownTimeZone())
  return doc.copyItems(from, to)
}
