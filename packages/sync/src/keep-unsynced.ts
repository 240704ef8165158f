import type * as Y from 'yjs'
import type { StateVector } from './state-vector.ts'

/**
 * Keeps overwritten values until the server has them (S25). Yjs picks the winner arbitrarily and
 * discards the other value. An unsent edit would then reach the server without its value, even if
 * it is the later one. Call it before the document is loaded.
 * @param stored the state vector that the server is known to have stored
 */
export const keepUnsynced = (doc: Y.Doc, stored: () => StateVector): void => {
  doc.gcFilter = ({ id, length }) => id.clock + length <= (stored().get(id.client) ?? 0)
}
