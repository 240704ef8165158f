import type { ItemKind } from './item-kinds.ts'
import { SLUG, SLUG_CHARACTERS } from './schema.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const SLUG_NAME_CHARACTERS = 48
/** Characters of a slug's last part. */
export const SLUG_TAIL = 10

const kebab = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_NAME_CHARACTERS)
    .replace(/^-+|-+$/g, '')

/** Could a slug be written like this? */
export const isSlug = (text: string): boolean => text.length <= SLUG_CHARACTERS && SLUG.test(text)

/** The public part of an item's participant link: its name as made, then ten random characters that check it. */
export const makeSlug = (name: string, kind: ItemKind): string => {
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(SLUG_TAIL))
    const slug = checkedSlug(`${kebab(name) || kind}-`, random)
    if (slug !== undefined) return slug
  }
}

/**
 * A slug with nine characters of ten bytes, and one that makes its check sum right.
 * @returns undefined where base32 has no such character: for one of seven
 */
export const checkedSlug = (head: string, bytes: Uint8Array): string | undefined => {
  const start = head + Array.from(bytes.subarray(1, SLUG_TAIL), byte => BASE32.charAt(byte & 31)).join('')
  const last = Array.from(BASE32).find(character => isCheckedSlug(start + character))
  return last === undefined ? undefined : start + last
}

const CHECKED = 'abcdefghijklmnopqrstuvwxyz0123456789-'

/**
 * Does the slug's check sum say that it was made, and not mistyped? Finds every single wrong character and every two
 * neighbours that changed places; of all else one in 37 gets by. Slugs of earlier versions have no sum.
 *
 * ISO 7064, MOD 37-2, whose 37 characters are here a–z, 0–9 and the hyphen.
 */
export const isCheckedSlug = (slug: string): boolean => {
  let sum = 0
  for (const character of slug) sum = (sum * 2 + CHECKED.indexOf(character)) % CHECKED.length
  return sum === 1
}
