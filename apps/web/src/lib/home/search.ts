import type { Item } from '@foyer/doc'
import { fold } from '#lib/language/fold.ts'

/** What a person looks for. */
export interface Query {
  /** Folded; each must be found. */
  words: string[]
  /** Of a whole link that was pasted. */
  slug: string | null
}

type Searched = Pick<Item, 'name' | 'slug'>

/** Shorter words would be found by chance in the random part of many slugs. */
const CODE_FROM = 4
const LINK = /\/r\/([a-z0-9-]+)/i

/** @returns null where nothing is looked for */
export const readQuery = (text: string): Query | null => {
  const slug = LINK.exec(text)?.[1]?.toLowerCase() ?? null
  const words = fold(text).split(/\s+/).filter(Boolean)
  return words.length === 0 ? null : { words, slug }
}

/** Finds items by name or code. Names are folded once, as items are never changed but replaced. */
export interface Search {
  matches(item: Searched, query: Query): boolean
  foldedName(item: Searched): string
}

export const createSearch = (): Search => {
  const names = new WeakMap<Searched, string>()

  const foldedName = (item: Searched): string => {
    const known = names.get(item)
    if (known !== undefined) return known
    const folded = fold(item.name)
    names.set(item, folded)
    return folded
  }
  return {
    foldedName,
    matches(item, { words, slug }) {
      if (slug !== null) return item.slug.startsWith(slug)
      const name = foldedName(item)
      return words.every(
        word => name.includes(word) || (word.length >= CODE_FROM && item.slug.includes(word))
      )
    }
  }
}
