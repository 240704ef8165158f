import { createHash } from 'node:crypto'
import { DOCUMENT_ROOTS } from '@foyer/doc'
import type * as Y from 'yjs'

/** Hash of all entries of some documents, edit times included: equal on converged replicas. */
export const contentHash = (...docs: Y.Doc[]): string => {
  const roots = docs.flatMap(doc => DOCUMENT_ROOTS.map(root => [root, doc.getMap(root)] as const))
  const entries = roots.flatMap(([root, map]) =>
    [...map.entries()].map(([key, value]) => `${root}/${key} ${JSON.stringify(value)}`)
  )
  return createHash('sha256').update(entries.sort().join('\n')).digest('hex')
}
