import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'

/** The least that a page can do to have the document: what Home's own time is held against. */
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
    // Written when it comes to an end; nothing tells sooner.
    await new Promise(resolve => setTimeout(resolve, 1_000))
    await persistence.destroy()
  }
}
