import { isCheckedSlug, isSlug } from './slugs.ts'

/** What was found of a participant or host link. */
export interface LinkRead {
  /** The slug, or as much of it as was there. */
  slug: string
  /** Could this be a whole slug? What is not opens nothing, now or later. */
  isWhole: boolean
  /** It was written as a link, not only as a word that could be a slug. */
  isLink: boolean
  /** The token of a host link. */
  token: string | null
}

/** More than any invitation. */
const MOST_CHARACTERS = 20_000
/** What nobody sees, and what stands where a picture was. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\ufffc]/gu
const CONTROL = /[^\P{Cc}\s]/gu
const HYPHENS = /[\p{Pd}\u2212\u00af\u02d7]/gu
const ESCAPED = /(?:%[0-9a-f]{2})+/gi
/** Where a mail program broke a line, with what it puts there. */
const LINE_BREAK = /=?\s{0,40}[\r\n][\s>|]*/g
const LINK_START = /(?<![\p{L}\p{N}-])r[/\\\s]*[/\\]+[^\p{L}\p{N}]*/giu
const WORD = /[a-z0-9-]+/g

/**
 * Finds the link in what a person typed, pasted or scanned: an address in any case and with anything around it, a slug
 * alone, or a whole invitation. Where there are several, the first whole one.
 * @returns null where there is nothing like a link
 */
export const readLink = (text: string): LinkRead | null => {
  const plain = plainText(text)
  const token = /[#?&]\s*host\s*=\s*([\w-]{22})/i.exec(plain)?.[1] ?? null
  const found = afterPrefix(plain.toLowerCase()) ?? aloneIn(plain.toLowerCase())
  return found && { ...found, token }
}

const plainText = (text: string): string => {
  let plain = text.slice(0, MOST_CHARACTERS)
  // Links in links, as some mail programs make them, are escaped twice.
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

/** Digits of any script stand in tens, from zero on. */
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

/** @param checked only one whose check sum is right: the words around it may be joined to it */
const wholeSlug = (rest: string, checked = false): string | undefined => {
  const word = /^[a-z0-9-]+/.exec(rest)?.[0].replace(/-+$/, '') ?? ''
  if (!checked && isSlug(word)) return word
  // Text that followed on the next line is joined to it where a field takes no line breaks.
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
