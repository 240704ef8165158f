import { isCheckedSlug, isSlug } from './slugs.ts'

/** A participant or host link, as far as it was found. */
export interface LinkRead {
  /** The slug, or the part of it that was found. */
  slug: string
  /** Is it a whole slug? A partial one never opens anything. */
  isWhole: boolean
  /** Was it written as a link, not just as a word that could be a slug? */
  isLink: boolean
  /** A host link's token. */
  token: string | null
}

/** Longer than any invitation. */
const MOST_CHARACTERS = 20_000
/** Invisible characters, and the placeholder for a picture. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\ufffc]/gu
const CONTROL = /[^\P{Cc}\s]/gu
const HYPHENS = /[\p{Pd}\u2212\u00af\u02d7]/gu
const ESCAPED = /(?:%[0-9a-f]{2})+/gi
/** A line break by a mail program, with what it inserts. */
const LINE_BREAK = /=?\s{0,40}[\r\n][\s>|]*/g
const LINK_START = /(?<![\p{L}\p{N}-])r[/\\\s]*[/\\]+[^\p{L}\p{N}]*/giu
const WORD = /[a-z0-9-]+/g

/**
 * Finds the link in text that a person typed, pasted or scanned: a URL in any case and with any
 * surrounding text, a bare slug, or an entire invitation. Of several, the first whole one.
 * @returns null if there is nothing like a link
 */
export const readLink = (text: string): LinkRead | null => {
  const plain = plainText(text)
  const token = /[#?&]\s*host\s*=\s*([\w-]{22})/i.exec(plain)?.[1] ?? null
  const found = afterPrefix(plain.toLowerCase()) ?? aloneIn(plain.toLowerCase())
  return found && { ...found, token }
}

const plainText = (text: string): string => {
  let plain = text.slice(0, MOST_CHARACTERS)
  // Some mail programs put links inside links, which are then escaped twice.
  for (let before = ''; before !== plain;) {
    before = plain
    plain = plain.replace(ESCAPED, unescaped)
  }
  return plain
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(CONTROL, '')
    .replace(HYPHENS, '-')
    .replace(/\p{Nd}/gu, digit => (digit <= '9' ? digit : westernDigit(digit)))
}

const unescaped = (run: string): string => {
  try {
    return decodeURIComponent(run)
  } catch {
    return run.replaceAll('%', ' ')
  }
}

/** In every script the ten digits are consecutive code points, from zero on. */
const westernDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String((code - zero) % 10)
}

type Found = Omit<LinkRead, 'token'>

const afterPrefix = (plain: string): Found | null => {
  let part: Found | null = null
  for (const start of plain.matchAll(LINK_START)) {
    const rest = plain.slice(start.index + start[0].length)
    const whole = wholeSlug(rest) ?? wholeSlug(rest.replace(LINE_BREAK, ''), true)
    if (whole !== undefined) return { slug: whole, isWhole: true, isLink: true }
    part ??= partOf(rest)
  }
  return part
}

const partOf = (rest: string): Found | null => {
  const slug = /^[a-z0-9-]+/.exec(rest)?.[0].replace(/-+$/, '')
  return slug === undefined || slug === '' ? null : { slug, isWhole: false, isLink: true }
}

/** @param checked requires a valid checksum, as surrounding words may be joined to the slug */
const wholeSlug = (rest: string, checked = false): string | undefined => {
  const word = /^[a-z0-9-]+/.exec(rest)?.[0].replace(/-+$/, '') ?? ''
  if (!checked && isSlug(word)) return word
  // A single-line field joins text from the next line to the slug.
  for (let end = Math.min(word.length, 80); end > 11; end--) {
    const start = word.slice(0, end)
    if (isSlug(start) && isCheckedSlug(start)) return start
  }
  return undefined
}

const aloneIn = (plain: string): Found | null => {
  const words = (plain.match(WORD) ?? []).map(word => word.replace(/^-+|-+$/g, '')).filter(isSlug)
  const slug = words.find(isCheckedSlug) ?? words[0]
  return slug === undefined ? null : { slug, isWhole: true, isLink: false }
}
