import * as Y from 'yjs'

/**
 * How many changes of a document are beyond a state vector that the server is known to have stored. In a
 * document of flat maps every field written is one clock tick, and nothing else is.
 * @param stateVector as encoded by Yjs; undefined when nothing was ever synced
 */
export const countUnsynced = (doc: Y.Doc, stateVector: Uint8Array | undefined): number => {
  const synced = stateVector === undefined ? new Map<number, number>() : Y.decodeStateVector(stateVector)
  let count = 0
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    count += Math.max(0, clock - (synced.get(client) ?? 0))
  }
  return count
}
