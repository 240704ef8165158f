import * as Y from 'yjs'
import type { Workspace } from '../server/bench-server.ts'
import { assertConnected, Device } from './device.ts'
import { waitUntil } from './wait.ts'

/** Puts a document into an empty workspace, as the device does that made it. */
export const storeDocument = async (workspace: Workspace, doc: Y.Doc): Promise<void> => {
  const device = new Device(workspace, { missing: () => Y.encodeStateAsUpdate(doc) })
  await waitUntil('the rooms are stored', () => {
    assertConnected([device])
    return device.durable === 1
  })
  device.close()
}

/** What a device gets that has nothing. */
export const readDocument = async (workspace: Workspace): Promise<Y.Doc> => {
  const doc = new Y.Doc()
  const device = new Device(workspace, {
    onUpdate: update => {
      Y.applyUpdate(doc, Uint8Array.from(update))
    }
  })
  await device.synced
  device.close()
  return doc
}
