import type { Item, LinkRead } from '@foyer/doc'
import { fold, wordsOf } from '#lib/intl/fold.ts'

/** A parsed search. */
export interface Query {
  /** Folded; all must match. */
  words: string[]
  /** The slug of a link, possibly cut off. */
  slug: string | null
  /** A possible slug or part of one among other words. */
  code?: string | undefined
}

type Searched = Pick<Item, 'name' | 'slug'>

/** Shorter words match the random part of many slugs by chance. */
const MIN_CODE_LENGTH = 4

/**
 * Parses the search text.
 * @param readLink parses links; null until it is loaded
 * @returns null for blank text
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

/** Matches items by name or code. Caches folded names: items are immutable. */
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
      // The pasted link may be cut off or have text appended.
      if (slug !== null && (item.slug.startsWith(slug) || slug.startsWith(item.slug))) return true
      const name = foldedName(item)
      return words.every(
        word => name.includes(word) || (word.length >= MIN_CODE_LENGTH && item.slug.includes(word))
      )
    }
  }
}
