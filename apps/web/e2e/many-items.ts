import { createRoom } from '@foyer/doc'
import * as Y from 'yjs'
import type { Device } from './device.ts'

/** As many rooms as no person makes by hand ("Room 1" is the newest), put into the log on the device. */
export const addRooms = async (device: Device, count: number) => {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let number = count; number > 0; number--) {
      createRoom(doc, { name: `Room ${String(number)}` }, Date.UTC(2026, 0, 1) - number)
    }
  })
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
  const { page } = device
  await page.goto('/manifest.webmanifest') // so that no page has the log open
  await page.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    const databases = await indexedDB.databases()
    const name = databases.find(database => database.name?.startsWith('foyer-workspace-'))?.name ?? ''
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => {
        const transaction = opening.result.transaction('updates', 'readwrite')
        transaction.objectStore('updates').add(bytes)
        transaction.oncomplete = () => {
          opening.result.close()
          resolve()
        }
        transaction.onabort = () => {
          reject(new Error('the rooms could not be stored'))
        }
      }
    })
  }, update)
  await page.goto('/')
}
