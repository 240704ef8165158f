import type { Item, LinkRead } from '@foyer/doc'
import { fold, wordsOf } from '#lib/intl/fold.ts'

/** What a person looks for. */
export interface Query {
  /** Folded; each must be found. */
  words: string[]
  /** Of a link, or as much of it as is there. */
  slug: string | null
  /** A slug among other words, or a word that only looks like one. */
  code?: string | undefined
}

type Searched = Pick<Item, 'name' | 'slug'>

/** Shorter words would be found by chance in the random part of many slugs. */
const CODE_FROM = 4

/**
 * @param readLink finds links in what was typed; null while it is not loaded
 * @returns null where nothing is looked for
 */
export const readQuery = (
  text: string,
  readLink: ((text: string) => LinkRead | null) | null
): Query | null => {
  const link = readLink?.(text)
  const words = wordsOf(text)
  if (words.length === 0) return null
  return { words, slug: link?.isLink === true ? link.slug : null, code: link?.slug }
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
    matches(item, { words, slug, code }) {
      if (item.slug === code) return true
      // Of a link that was cut off, and of one that what follows was joined to.
      if (slug !== null && (item.slug.startsWith(slug) || slug.startsWith(item.slug))) return true
      const name = foldedName(item)
      return words.every(
        word => name.includes(word) || (word.length >= CODE_FROM && item.slug.includes(word))
      )
    }
  }
}
