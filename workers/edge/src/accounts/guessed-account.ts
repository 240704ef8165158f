import { users } from '@foyer/db'
import { eq } from 'drizzle-orm'
import type { Database } from '../database.ts'

/** A million tags bound the counters of unknown addresses. */
const TAG_DIGITS = 5

/** The account whose password is guessed. */
export interface GuessedAccount {
  /** Undefined for an unknown address. */
  userId: string | undefined
  /** The counter's key: the account, or the address's tag. */
  key: string
}

/**
 * Finds the account of an address as better-auth does. The steps are the same for an unknown
 * address, so that timing does not reveal accounts.
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

/** A short keyed hash, which reveals nothing. Collisions cannot be found without the secret. */
const tagOf = async (address: string, secret: string): Promise<string> => {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  const digest = await crypto.subtle.sign('HMAC', key, encoder.encode(`account-tag\n${address}`))
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, TAG_DIGITS)
}
