import type { Account } from '#lib/device/workspace-record.ts'
import { send } from './send.ts'

/**
 * Calls better-auth's endpoints directly: three calls do not justify its large client.
 * The session is an HttpOnly cookie.
 */
const post = async (path: string, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' }
  return (await send(`/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}

const toAccount = (answer: unknown): Account => {
  const { name, email } = (answer as { user: Account }).user
  return { name, email }
}

export const signUpWithEmail = async (values: {
  name: string
  email: string
  password: string
}): Promise<Account> => toAccount(await post('sign-up/email', values))

export const signInWithEmail = async (values: { email: string; password: string }): Promise<Account> =>
  toAccount(await post('sign-in/email', values))

export const endSession = (): Promise<unknown> => post('sign-out', {})
