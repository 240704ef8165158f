import type { ItemKind } from './schema.ts'

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const SLUG_NAME_CHARACTERS = 48
/** Characters of a slug's last part. */
export const SLUG_TAIL = 10
const TOKEN_CHARACTERS = 22

const kebab = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_NAME_CHARACTERS)
    .replace(/^-+|-+$/g, '')

/** The public part of an item's participant link: its name as made, then 50 random bits (DESIGN §3). */
export const makeSlug = (name: string, kind: ItemKind): string => {
  const random = crypto.getRandomValues(new Uint8Array(SLUG_TAIL))
  return `${kebab(name) || kind}-${slugTail(random)}`
}

/** The last part of a slug, a character a byte. */
export const slugTail = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => BASE32.charAt(byte & 31)).join('')

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), char => char.charCodeAt(0))

/** A workspace's link key: 32 random bytes, base64url. */
export const makeLinkKey = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)))

/**
 * The token of an item's host link (DESIGN §4): derived, never stored, dead once the epoch rises.
 * @param linkKey the workspace's key, base64url
 */
export const hostToken = async (linkKey: string, itemId: string, epoch: number): Promise<string> => {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', fromBase64url(linkKey), hmac, false, ['sign'])
  const message = new TextEncoder().encode(`host\n${itemId}\n${epoch}`)
  const signature = await crypto.subtle.sign('HMAC', key, message)
  return base64url(new Uint8Array(signature)).slice(0, TOKEN_CHARACTERS)
}
