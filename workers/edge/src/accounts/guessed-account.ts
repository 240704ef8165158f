import { users } from '@foyer/db'
import { eq } from 'drizzle-orm'
import type { Database } from '../database.ts'

/** Of a million tags: what is counted for addresses that nobody has stays bounded. */
const TAG_DIGITS = 5

/** Whose password a guess is at. */
export interface GuessedAccount {
  /** Undefined where nobody has the address. */
  userId: string | undefined
  /** Under which its guesses are counted: the account, or else the address's tag. */
  key: string
}

/**
 * The account that signing in with an address would lead to, looked up as better-auth does. The steps are the same whether
 * there is one or not, so that the time they take does not tell.
 */
export const guessedAccount = async (
  { orm }: Database,
  email: string,
  secret: string
): Promise<GuessedAccount> => {
  const address = email.toLowerCase()
  const [[user], tag] = await Promise.all([
    orm.select({ id: users.id }).from(users).where(eq(users.email, address)),
    tagOf(address, secret)
  ])
  return { userId: user?.id, key: user?.id ?? `nobody-${tag}` }
}

/** A short keyed hash: it says nothing of the address, and nobody without the secret finds two addresses with one tag. */
const tagOf = async (address: string, secret: string): Promise<string> => {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  const digest = await crypto.subtle.sign('HMAC', key, encoder.encode(`account-tag\n${address}`))
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, TAG_DIGITS)
}
