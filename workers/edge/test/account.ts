import { members } from '@foyer/db'
import { makeLinkKey } from '@foyer/doc'
import { env, exports } from 'cloudflare:workers'
import { nanoid } from 'nanoid'
import { beforeAll } from 'vitest'
import { createDatabase } from '../src/database.ts'
import { parseSettings } from '../src/settings.ts'

export const ORIGIN = 'http://localhost:8787'

/** A request as a page of the app makes it. */
export const request = (path: string, init: RequestInit & { cookie?: string; json?: unknown } = {}) => {
  const { cookie, json, ...rest } = init
  const headers = new Headers(rest.headers)
  if (!headers.has('origin')) headers.set('origin', ORIGIN)
  if (cookie !== undefined) headers.set('cookie', cookie)
  if (json !== undefined) headers.set('content-type', 'application/json')
  return exports.default.fetch(`${ORIGIN}${path}`, {
    ...rest,
    headers,
    ...(json !== undefined && { method: rest.method ?? 'POST', body: JSON.stringify(json) })
  })
}

/** The first request loads the Worker, which takes seconds and belongs to no test. */
beforeAll(async () => {
  await request('/api/health')
}, 60_000)

export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';', 1)[0])
    .join('; ')

export interface Account {
  email: string
  password: string
  cookie: string
}

/**
 * So that the limit on sign-ups from one address, which a test checks, does not stop the others.
 */
const addressOfItsOwn = () => crypto.getRandomValues(new Uint8Array(4)).join('.')

export const signUp = async (): Promise<Account> => {
  const account = { email: `${nanoid()}@example.com`, password: 'correct horse battery' }
  const response = await request('/api/auth/sign-up/email', {
    json: { ...account, name: 'Ada' },
    headers: { 'cf-connecting-ip': addressOfItsOwn() }
  })
  if (!response.ok) throw new Error(await response.text())
  return { ...account, cookie: cookieOf(response) }
}

export const adoptWorkspace = async (cookie: string, id = nanoid()): Promise<string> => {
  const response = await request('/api/workspaces', {
    cookie,
    json: { id, name: 'Studio', linkKey: makeLinkKey() }
  })
  if (!response.ok) throw new Error(await response.text())
  return id
}

export const userIdOf = async (cookie: string): Promise<string> => {
  const response = await request('/api/auth/get-session', { cookie })
  return (await response.json<{ user: { id: string } }>()).user.id
}

/** The database that the Worker works on. */
export const openDatabase = () => createDatabase(parseSettings(env))

/** Another person with a role in the workspace. */
export const addPerson = async (workspaceId: string, role: string): Promise<Account> => {
  const person = await signUp()
  const userId = await userIdOf(person.cookie)
  await openDatabase()
    .orm.insert(members)
    .values({ id: nanoid(), organizationId: workspaceId, userId, role, createdAt: new Date() })
  return person
}

export const errorCode = async (response: Response): Promise<string> =>
  (await response.json<{ error: { code: string } }>()).error.code
