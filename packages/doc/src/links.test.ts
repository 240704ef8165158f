import { describe, expect, it } from 'vitest'
import { hostToken, makeLinkKey } from './links.ts'
import { isCheckedSlug, isSlug, makeSlug } from './slugs.ts'
import { parseField } from './strict-schema.ts'

describe('makeSlug', () => {
  it.each([
    ['Weekly Stand-up', 'weekly-stand-up'],
    ['  Büro & Café!! ', 'buro-cafe'],
    ['x'.repeat(100), 'x'.repeat(48)],
    [`${'x'.repeat(47)} y`, 'x'.repeat(47)],
    ['Совещание', 'room'],
    ['😀', 'room'],
    ['---', 'room']
  ])('of %j begins with %s', (name, start) => {
    const slug = makeSlug(name, 'room')
    expect(slug.slice(0, -11)).toBe(start)
    expect(slug.slice(-11)).toMatch(/^-[a-z2-7]{10}$/)
    expect(parseField('room', 'links', { slug, epoch: 1 })).toEqual({ slug, epoch: 1 })
  })

  it('is different each time, and uses all 32 characters', () => {
    const tails = Array.from({ length: 400 }, () => makeSlug('a', 'room').slice(-10))
    expect(new Set(tails).size).toBe(400)
    expect(new Set(tails.join('')).size).toBe(32)
  })
})

describe('the checksum of a slug', () => {
  const slug = makeSlug('Weekly Stand-up 2', 'room')

  it('is valid for each generated slug', () => {
    for (let i = 0; i < 200; i++) expect(isCheckedSlug(makeSlug(`Room ${i}`, 'room'))).toBe(true)
  })

  it('detects every wrong character and swapped neighbours', () => {
    for (let at = 0; at < slug.length; at++) {
      for (const other of 'abcdefghijklmnopqrstuvwxyz0123456789-') {
        if (other === slug[at]) continue
        expect(isCheckedSlug(slug.slice(0, at) + other + slug.slice(at + 1))).toBe(false)
      }
      if (at === 0 || slug[at] === slug[at - 1]) continue
      const swapped = slug.slice(0, at - 1) + slug[at]! + slug[at - 1]! + slug.slice(at + 1)
      expect(isCheckedSlug(swapped)).toBe(false)
    }
  })

  it('is not required of slugs from before there was one', () => {
    expect(isCheckedSlug('room-aaaaaaaaaa')).toBe(false)
    expect(isSlug('room-aaaaaaaaaa')).toBe(true)
    expect(parseField('room', 'links', { slug: 'room-aaaaaaaaaa', epoch: 1 })).toBeDefined()
  })
})

describe('hostToken', () => {
  const ITEM = 'V1StGXR8_Z5jdHi6B-myT'
  /** Bytes 0, 1, … 31. */
  const KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
  /** Bytes fb ef be ff ff ff, repeated: the two characters that differ from base64. */
  const ODD = '----____----____----____----____----____--8'

  it('matches node:crypto', async () => {
    // createHmac('sha256', key).update(`host\n${ITEM}\n3`).digest('base64url').slice(0, 22)
    expect(await hostToken(KEY, ITEM, 3)).toBe('VY46-ekmD1RRUay0FWzabo')
    expect(await hostToken(ODD, ITEM, 1)).toBe('di0C06TADs0r5Vzh9sgwIu')
  })

  it('differs by key, item and epoch', async () => {
    const tokens = await Promise.all([
      hostToken(KEY, ITEM, 1),
      hostToken(KEY, ITEM, 2),
      hostToken(KEY, `${ITEM}x`, 1),
      hostToken(makeLinkKey(), ITEM, 1)
    ])
    expect(new Set(tokens).size).toBe(4)
  })

  it('uses a key of 32 random bytes', () => {
    expect(makeLinkKey()).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(makeLinkKey()).not.toBe(makeLinkKey())
  })
})
