import { deleteDB } from 'idb'
import { readPendingMoves, writePendingMoves } from './pending-moves.ts'
import { openPictureDatabase, PICTURE_DATABASE } from './picture-db.ts'

/**
 * Deletes a workspace's pictures from this device, those pending to move there,
 * and the cached pictures of teammates.
 */
export const forgetPictures = async (workspaceId: string): Promise<void> => {
  const moves = readPendingMoves()
  const coming = moves.filter(([, to]) => to === workspaceId).map(([from]) => from)
  const database = await openPictureDatabase()
  let left: number
  try {
    const { store, done } = database.transaction('pictures', 'readwrite')
    for (const id of [workspaceId, ...coming]) {
      for await (const cursor of store.index('workspaceId').iterate(id)) await cursor.delete()
    }
    left = await store.count()
    await done
  } finally {
    database.close()
  }
  writePendingMoves(moves.filter(([, to]) => to !== workspaceId))
  if (left === 0) await deleteDB(PICTURE_DATABASE)
  if ('caches' in globalThis) await caches.delete('foyer-media') // the service worker's
}
