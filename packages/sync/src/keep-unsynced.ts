import type * as Y from 'yjs'
import type { StateVector } from './state-vector.ts'

/**
 * Keeps the value of an overwritten entry until the server has it (S25). Yjs throws it away as soon as another
 * entry stands in its place, and which one that is it tosses a coin for: an edit that has not been sent yet
 * would reach the server as a hole, and could not stand there although it is the later one.
 * Call it before anything is read into the document.
 * @param stored what the server is known to have stored, at any time
 */
export const keepUnsynced = (doc: Y.Doc, stored: () => StateVector): void => {
  doc.gcFilter = ({ id, length }) => id.clock + length <= (stored().get(id.client) ?? 0)
}
