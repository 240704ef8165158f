import type { Context } from 'hono'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import { nanoid } from 'nanoid'
import type { Settings } from '../settings.ts'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/**
 * A browser that has signed in to an account is known to it for a year, signed out or not. Its wrong passwords are counted by
 * themselves: whoever guesses from elsewhere cannot keep the rightful person out.
 */
const cookieName = (userId: string): string => `foyer-known-${userId}`

/** The browser's own id where the account knows it. */
export const knownBrowser = async (
  c: Context,
  { authSecret }: Settings,
  userId: string
): Promise<string | undefined> => {
  const value = await getSignedCookie(c, authSecret, cookieName(userId))
  // The signature is that of the value: without the account in it, one account's cookie would serve for another.
  return value ? new RegExp(`^${userId}\\.([\\w-]{21})$`).exec(value)?.[1] : undefined
}

export const makeKnown = async (c: Context, settings: Settings, userId: string): Promise<void> => {
  const id = (await knownBrowser(c, settings, userId)) ?? nanoid()
  await setSignedCookie(c, cookieName(userId), `${userId}.${id}`, settings.authSecret, {
    path: '/api/auth',
    httpOnly: true,
    sameSite: 'Lax',
    secure: settings.appOrigin.startsWith('https:'),
    maxAge: YEAR_SECONDS
  })
}
