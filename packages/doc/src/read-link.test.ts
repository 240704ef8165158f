import { describe, expect, it } from 'vitest'
import { makeSlug } from './slugs.ts'
import { readLink } from './read-link.ts'

const SLUG = makeSlug('Weekly Stand-up', 'room')
const TOKEN = 'aZ-_567890bcdefghijKLM'
const LINK = `https://foyer.example/r/${SLUG}`
const HOST = `${LINK}#host=${TOKEN}`
const NAME = SLUG.slice(0, -10)
const TAIL = SLUG.slice(-10)
const wide = (text: string) =>
  text.replace(/[!-~]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xfee0))

describe('the slug is read from', () => {
  it.each([
    ['a link', LINK],
    ['an address', `/r/${SLUG}`],
    ['capitals', `/R/${SLUG.toUpperCase()}`],
    ['slashes', `//r///${SLUG}//`],
    ['backslashes', `foyer.example\\r\\${SLUG}\\`],
    ['no scheme', `foyer.example/r/${SLUG}`],
    ['no slash before', `r/${SLUG}`],
    ['the slug alone', ` ${SLUG} `],
    ['brackets', `(${LINK})`],
    ['brackets inside', `/r/(${SLUG})`],
    ['angle brackets', `<${LINK}>`],
    ['a full stop', `${LINK}.`],
    ['an ellipsis', `${LINK}…`],
    ['quotes', `“${LINK}”`],
    ['quotes inside', `/r/'${SLUG}'`],
    ['Chinese punctuation', `链接：${LINK}。」`],
    ['Arabic punctuation', `الرابط ${LINK}؟،`],
    ['markdown', `[Join](${LINK})`],
    ['emphasis', `_${LINK}_ **${LINK}**`],
    ['HTML', `<a href="${LINK}">`],
    ['a query', `${LINK}?utm_source=mail&x=/r/`],
    ['a query without ?', `${LINK}&x=1`],
    ['a fragment', `${LINK}#top`],
    ['a hyphen that was left', `${LINK}-`],
    ['dashes', LINK.replaceAll('-', '–')],
    ['hyphens that do not break', LINK.replaceAll('-', '\u2011')],
    ['zero-width spaces', LINK.replaceAll('/', '/\u200b').replaceAll('-', '-\u200b')],
    ['a byte order mark', `\ufeff${LINK}\ufeff`],
    ['bidi marks', `\u2067${LINK}\u2069\u200f`],
    ['a soft hyphen', LINK.replace('stand', 'st\u00adand')],
    ['a word joiner and a variation selector', `${LINK}\u2060\ufe0f`],
    ['full-width letters', wide(LINK)],
    ['escapes', encodeURIComponent(LINK)],
    ['escapes of escapes', encodeURIComponent(encodeURIComponent(LINK))],
    ['an escape that is broken', `/r/${SLUG}%`],
    ['escapes that are broken', `/r/${SLUG}%E0%A4%A`],
    ['an escaped letter', `/r/%${SLUG.charCodeAt(0).toString(16)}${SLUG.slice(1)}`],
    ['another program’s link', `https://safe.example/?url=${encodeURIComponent(HOST)}&data=05%7C02`],
    ['digits of Arabic', LINK.replace(/[2-7]/g, digit => String.fromCharCode(0x660 + Number(digit)))],
    ['a line that was broken', `https://foyer.example/r/${NAME}\n${TAIL}\nSee you`],
    ['a quoted line that was broken', `> https://foyer.example/r/${NAME}\r\n> ${TAIL}\r\n> See you`],
    [
      'a line that was broken in mail',
      `https://foyer.example/r/${NAME}${TAIL.slice(0, 4)}=\r\n${TAIL.slice(4)}`
    ],
    ['lines that were joined', `Join: ${LINK}Passcode: none`],
    [
      'an invitation',
      `Hi Ada,\n\njoin us on Monday at 10:00 (Berlin):\n\n  ${LINK}\n\nA well-considered plan, w/r/t x.`
    ],
    ['the first of two', `${LINK} ${LINK.replace('weekly', 'daily')}`],
    ['a text with another link', `https://news.example/r/all and ${LINK}`],
    ['a text in another script', `انضم إلى الغرفة ${LINK} غدًا`]
  ])('%s', (_, text) => {
    expect(readLink(text)).toMatchObject({ slug: SLUG, isWhole: true })
  })
})

describe('the token is read from', () => {
  it.each([
    ['a host link', HOST],
    ['brackets', `(${HOST}).`],
    ['capitals', HOST.replace('host', 'HOST')],
    ['an escaped fragment', `/r/${SLUG}%23host%3D${TOKEN}`],
    ['full-width letters', wide(HOST)],
    ['dashes', HOST.replaceAll('-', '–')],
    ['invisible characters', HOST.replace('#', '\u200b#\u200b')],
    ['an invitation', `Your link, do not share: ${HOST}\nThe others’: ${LINK}`]
  ])('%s', (_, text) => {
    expect(readLink(text)).toMatchObject({ slug: SLUG, token: TOKEN })
  })

  it.each([LINK, `${LINK}#host=`, `${LINK}#host=short`, `${LINK}#ghost=${TOKEN}`])('not from %s', text => {
    expect(readLink(text)).toMatchObject({ slug: SLUG, token: null })
  })
})

it.each(['/r/50%', '/r/weekly', '/r/weekly-stand-up', '/r/a-aaaaaaaaa', '/r/a-aaaaaaaa1', '/r/x8'])(
  '%s is not a whole link',
  text => {
    expect(readLink(text)).toMatchObject({ isWhole: false, isLink: true })
  }
)

it.each(['', '/', '/r', '/r/', '/r/%E0%A4%A%', '/r/—', 'Team', 'غرفة', 'R & D', '\u200b', '😀', 'a/b'])(
  'there is nothing like a link in "%s"',
  text => {
    const link = readLink(text)
    expect(link?.isWhole !== true).toBe(true)
  }
)

it('tells a word that looks like a slug from a link', () => {
  expect(readLink('a well-considered plan')).toMatchObject({ isLink: false })
})

it.each(['/r/a-', 'a-', '%25', '\n', 'r /', 'r ', '/r/a\n '])('%j, repeated, is read quickly', text => {
  readLink(text.repeat(100_000)) // within the test's timeout
})
