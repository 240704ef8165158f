import { createRoom } from '@foyer/doc'
import * as Y from 'yjs'
import type { Device } from './device.ts'
import { putDocument } from './put-document.ts'

/** As many rooms as no person makes by hand ("Room 1" is the newest). */
export const addRooms = async (device: Device, count: number) => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let number = count; number > 0; number--) {
      createRoom(doc, { name: `Room ${String(number)}` }, Date.UTC(2026, 0, 1) - number)
    }
  })
  await putDocument(device, doc)
}
