/** Of a million tags: what is counted for addresses that nobody has stays bounded. */
const TAG_DIGITS = 5

/**
 * A short keyed hash of an email address: the same for all spellings that reach, or could be meant for, one mailbox. It says
 * nothing of the address, and nobody without the secret finds two addresses with one tag.
 */
export const accountTag = async (email: string, secret: string): Promise<string> => {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  const digest = await crypto.subtle.sign('HMAC', key, encoder.encode(`account-tag\n${fold(email)}`))
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, TAG_DIGITS)
}

/** Case, compatibility forms, invisible characters and what follows a plus make no other account. */
const fold = (email: string): string =>
  email
    .normalize('NFKC')
    .replace(/[\p{Cf}\s]/gu, '')
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, '')
