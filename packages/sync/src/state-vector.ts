import * as Y from 'yjs'

/** How far a replica knows each Yjs client: client id → clock. */
export type StateVector = ReadonlyMap<number, number>

export const stateVectorOf = (doc: Y.Doc): Map<number, number> =>
  Y.decodeStateVector(Y.encodeStateVector(doc))

/** Raises `target` to what `more` knows. @returns whether anything rose */
export const raiseStateVector = (target: Map<number, number>, more: StateVector): boolean => {
  let rose = false
  for (const [client, clock] of more) {
    if (clock <= (target.get(client) ?? 0)) continue
    target.set(client, clock)
    rose = true
  }
  return rose
}
