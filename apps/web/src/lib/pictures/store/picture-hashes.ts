import { picturesOf, readItems } from '@foyer/doc'
import type * as Y from 'yjs'

/** The names of the items that use each picture, including deleted ones. */
export const picturesIn = (doc: Y.Doc): Map<string, string[]> => {
  const names = new Map<string, string[]>()
  for (const item of [...readItems(doc, 'room'), ...readItems(doc, 'webinar')]) {
    for (const hash of picturesOf(item)) names.set(hash, [...(names.get(hash) ?? []), item.name])
  }
  return names
}
