import * as Y from 'yjs'
import { stateVectorOf, type StateVector } from './state-vector.ts'

/**
 * How many changes of a document are beyond a state vector that the server is known to have stored. In a
 * document of flat maps every field written is one clock tick, and nothing else is.
 */
export const countUnsynced = (doc: Y.Doc, stored: StateVector): number => {
  let count = 0
  for (const [client, clock] of stateVectorOf(doc)) count += Math.max(0, clock - (stored.get(client) ?? 0))
  return count
}

/**
 * The keys of a root map whose present value is beyond a state vector. Costs as much as there is beyond it,
 * however large the document.
 */
export const unsyncedKeys = (map: Y.Map<unknown>, stored: StateVector): Set<string> => {
  const keys = new Set<string>()
  for (const { key, isPresent } of entriesBeyond(map, stored)) if (isPresent) keys.add(key)
  return keys
}

/**
 * What was written to a root map beyond a state vector, also where another value stands by now, as far as it is
 * still known (`keepUnsynced`). In no order; a key may come several times.
 */
export const unsyncedValues = (map: Y.Map<unknown>, stored: StateVector): { key: string; value: unknown }[] =>
  [...entriesBeyond(map, stored)].flatMap(({ key, item, from }) =>
    item.content instanceof Y.ContentAny
      ? (item.content.arr as unknown[]).slice(from).map(value => ({ key, value }))
      : []
  )

function* entriesBeyond(
  map: Y.Map<unknown>,
  stored: StateVector
): Iterable<{ key: string; item: Y.Item; from: number; isPresent: boolean }> {
  for (const [client, structs] of map.doc?.store.clients ?? []) {
    const from = stored.get(client) ?? 0
    const last = structs.at(-1)
    if (last === undefined || last.id.clock + last.length <= from) continue
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
      const item = structs[index]
      if (!(item instanceof Y.Item) || item.parent !== map || item.parentSub === null) continue
      // What was overwritten is deleted.
      yield { key: item.parentSub, item, from: Math.max(0, from - item.id.clock), isPresent: !item.deleted }
    }
  }
}
