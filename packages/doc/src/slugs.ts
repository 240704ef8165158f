import type { ItemKind } from './item-kinds.ts'
import { SLUG, SLUG_CHARACTERS } from './schema.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const SLUG_NAME_CHARACTERS = 48
/** Length of a slug's last part. */
export const SLUG_TAIL = 10

const kebab = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_NAME_CHARACTERS)
    .replace(/^-+|-+$/g, '')

/** Does the text have the form of a slug? */
export const isSlug = (text: string): boolean => text.length <= SLUG_CHARACTERS && SLUG.test(text)

/** Makes the slug of a participant link: the item's name, then ten random checked characters. */
export const makeSlug = (name: string, kind: ItemKind): string => {
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(SLUG_TAIL))
    const slug = checkedSlug(`${kebab(name) || kind}-`, random)
    if (slug !== undefined) return slug
  }
}

/**
 * Makes a slug from nine of ten bytes, plus a character that makes the checksum right.
 * @returns undefined if base32 has no such character, which is one case in seven
 */
export const checkedSlug = (head: string, bytes: Uint8Array): string | undefined => {
  const start = head + Array.from(bytes.subarray(1, SLUG_TAIL), byte => BASE32.charAt(byte & 31)).join('')
  const last = Array.from(BASE32).find(character => isCheckedSlug(start + character))
  return last === undefined ? undefined : start + last
}

const CHECKED = 'abcdefghijklmnopqrstuvwxyz0123456789-'

/**
 * Is the slug's checksum valid, so that it was not mistyped? Detects any single wrong character and
 * any two swapped neighbours; one in 37 of other errors passes. Slugs of earlier versions have no
 * checksum.
 *
 * ISO 7064, MOD 37-2, with the 37 characters a–z, 0–9 and the hyphen.
 */
export const isCheckedSlug = (slug: string): boolean => {
  let sum = 0
  for (const character of slug) sum = (sum * 2 + CHECKED.indexOf(character)) % CHECKED.length
  return sum === 1
}
