import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'

/** The minimal page that loads the document: the baseline for Home's time. */
const doc = new Y.Doc()
const persistence = new IndexeddbPersistence('bare', doc)
const began = performance.now()
await persistence.whenSynced
const loadedAt = performance.now()

declare global {
  interface Window {
    bare: { loadMs: number; loadedAt: number; items: number; fill: (base64: string) => Promise<void> }
  }
}
window.bare = {
  loadMs: loadedAt - began,
  loadedAt,
  items: doc.getMap('rooms').size,
  async fill(base64) {
    Y.applyUpdate(
      doc,
      Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    )
    // y-indexeddb does not signal when its writes are done.
    await new Promise(resolve => setTimeout(resolve, 1_000))
    await persistence.destroy()
  }
}
