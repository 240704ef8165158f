import {
  fieldKey,
  isDeletion,
  itemRefOf,
  itemRoot,
  ITEM_KINDS,
  parseEntry,
  readItems,
  ROOT_OF
} from '@foyer/doc'
import { KEPT_MS } from '@foyer/doc/policy'
import type { ItemRef } from '@foyer/doc'
import type * as Y from 'yjs'

/** Finds deleted items that have expired, without scanning all of them each time. */
export interface Expiry {
  /** @param now ms since 1970 */
  isDue(now: number): boolean
  takeExpired(now: number): ItemRef[]
}

export const createExpiry = (doc: Y.Doc): Expiry => {
  const deletedAtOf = (ref: ItemRef) => {
    const value = parseEntry(itemRoot(doc, ref.kind).get(fieldKey(ref.id, 'deletedAt')))?.[0]
    return typeof value === 'number' ? value : Infinity
  }
  /** A lower bound for the next expiry. */
  let nextAt = Infinity
  const expiring = (): ItemRef[] =>
    ITEM_KINDS.flatMap(kind => readItems(doc, kind).map(({ id }) => ({ kind, id }))).filter(
      ref => deletedAtOf(ref) < Infinity
    )
  const lookForNext = (refs: ItemRef[]) => {
    nextAt = refs.reduce((time, ref) => Math.min(time, deletedAtOf(ref) + KEPT_MS), Infinity)
  }

  lookForNext(expiring())
  for (const kind of ITEM_KINDS) {
    itemRoot(doc, kind).observe(event => {
      for (const key of event.keysChanged as Set<string>) {
        const ref = isDeletion(key) ? itemRefOf(ROOT_OF[kind], key) : undefined
        if (ref !== undefined) nextAt = Math.min(nextAt, deletedAtOf(ref) + KEPT_MS)
      }
    })
  }

  return {
    isDue: now => now >= nextAt,
    takeExpired(now) {
      if (now < nextAt) return []
      const isExpired = (ref: ItemRef) => deletedAtOf(ref) + KEPT_MS <= now
      const refs = expiring()
      lookForNext(refs.filter(ref => !isExpired(ref)))
      return refs.filter(isExpired)
    }
  }
}
