import * as Y from 'yjs'
import type { Workspace } from '../server/bench-server.ts'
import { assertConnected, Device } from './device.ts'
import { waitUntil } from './wait.ts'

/** Stores a document in an empty workspace, as its creator's device does. */
export const storeDocument = async (workspace: Workspace, doc: Y.Doc): Promise<void> => {
  const device = new Device(workspace, { missing: () => Y.encodeStateAsUpdate(doc) })
  await waitUntil('the rooms are stored', () => {
    assertConnected([device])
    return device.durable === 1
  })
  device.close()
}

/** Loads a document as a new device does. */
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
