import { deleteDB } from 'idb'
import { openPictureDatabase, PICTURE_DATABASE } from './picture-db.ts'

/** Deletes what this device has of a workspace's pictures, and those of teammates that it keeps to show offline. */
export const forgetPictures = async (workspaceId: string): Promise<void> => {
  const database = await openPictureDatabase()
  let left: number
  try {
    const { store, done } = database.transaction('pictures', 'readwrite')
    for await (const cursor of store.index('workspaceId').iterate(workspaceId)) await cursor.delete()
    left = await store.count()
    await done
  } finally {
    database.close()
  }
  if (left === 0) await deleteDB(PICTURE_DATABASE)
  if ('caches' in globalThis) await caches.delete('foyer-media') // the service worker's
}
