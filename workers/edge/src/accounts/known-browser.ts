import type { Context } from 'hono'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import { nanoid } from 'nanoid'
import type { Settings } from '../settings.ts'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/**
 * An account remembers its browsers for a year, signed out or not. Their wrong passwords are
 * counted separately, so that guesses from elsewhere cannot lock the owner out.
 */
const cookieName = (userId: string): string => `foyer-known-${userId}`

/** The browser's id, if the account knows it. */
export const knownBrowser = async (
  c: Context,
  { authSecret }: Settings,
  userId: string
): Promise<string | undefined> => {
  const value = await getSignedCookie(c, authSecret, cookieName(userId))
  // Only the value is signed, so it must contain the account.
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
