import * as Y from 'yjs'
import type { Device } from './device.ts'

/** Writes a document's content to the log on the device, then shows Home. */
export const putDocument = async ({ page }: Device, doc: Y.Doc) => {
  const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
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
          reject(new Error('the document could not be stored'))
        }
      }
    })
  }, update)
  await page.goto('/')
}
