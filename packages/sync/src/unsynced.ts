import * as Y from 'yjs'
import { stateVectorOf, type StateVector } from './state-vector.ts'

/**
 * Counts the changes beyond what the server has stored. In a document of flat maps each written
 * field is one clock tick.
 */
export const countUnsynced = (doc: Y.Doc, stored: StateVector): number => {
  let count = 0
  for (const [client, clock] of stateVectorOf(doc)) count += Math.max(0, clock - (stored.get(client) ?? 0))
  return count
}

/**
 * The keys of a root map whose current value is beyond a state vector. The cost depends only on
 * what is beyond.
 */
export const unsyncedKeys = (map: Y.Map<unknown>, stored: StateVector): Set<string> => {
  const keys = new Set<string>()
  for (const { key, isPresent } of entriesBeyond(map, stored)) if (isPresent) keys.add(key)
  return keys
}

/**
 * The values written to a root map beyond a state vector, also overwritten ones (`keepUnsynced`).
 * Unordered; a key may occur several times.
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
      // An overwritten item is deleted.
      yield { key: item.parentSub, item, from: Math.max(0, from - item.id.clock), isPresent: !item.deleted }
    }
  }
}
