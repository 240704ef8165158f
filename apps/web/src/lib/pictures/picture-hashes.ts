import { readItems, type Cover, type Item } from '@foyer/doc'
import type * as Y from 'yjs'

/** The SHA-256 of every own picture that an item shows: cover, logo, and those of its lobby. */
export const pictureHashesOf = ({ cover, look, lobby }: Pick<Item, 'cover' | 'look' | 'lobby'>): string[] => {
  const hashes = [imageOf(cover), look?.logo, imageOf(lobby?.cover), lobby?.logo]
  return [...new Set(hashes.filter(hash => hash !== undefined))]
}

/** The names of the items that show each picture, deleted ones too. */
export const picturesIn = (doc: Y.Doc): Map<string, string[]> => {
  const names = new Map<string, string[]>()
  for (const item of [...readItems(doc, 'room'), ...readItems(doc, 'webinar')]) {
    for (const hash of pictureHashesOf(item)) names.set(hash, [...(names.get(hash) ?? []), item.name])
  }
  return names
}

const imageOf = (cover: Cover | undefined): string | undefined =>
  cover !== undefined && 'image' in cover ? cover.image : undefined
