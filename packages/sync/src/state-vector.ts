import * as Y from 'yjs'

/** Yjs client id → clock. */
export type StateVector = ReadonlyMap<number, number>

export const stateVectorOf = (doc: Y.Doc): Map<number, number> =>
  Y.decodeStateVector(Y.encodeStateVector(doc))

/** Merges `more` into `target`. @returns whether anything rose */
export const raiseStateVector = (target: Map<number, number>, more: StateVector): boolean => {
  let rose = false
  for (const [client, clock] of more) {
    if (clock <= (target.get(client) ?? 0)) continue
    target.set(client, clock)
    rose = true
  }
  return rose
}
