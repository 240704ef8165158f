const TOKEN_CHARACTERS = 22

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
 * The token of an item's host link: derived, never stored, and invalid once the epoch rises.
 * @param linkKey the workspace's key, base64url
 */
export const hostToken = async (linkKey: string, itemId: string, epoch: number): Promise<string> => {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', fromBase64url(linkKey), hmac, false, ['sign'])
  const message = new TextEncoder().encode(`host\n${itemId}\n${epoch}`)
  const signature = await crypto.subtle.sign('HMAC', key, message)
  return base64url(new Uint8Array(signature)).slice(0, TOKEN_CHARACTERS)
}
