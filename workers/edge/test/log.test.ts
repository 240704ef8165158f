import { users } from '@foyer/db'
import { createClient } from '@libsql/client/web'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql/web'
import { afterEach, beforeEach, expect, it, vi, type MockInstance } from 'vitest'
import * as v from 'valibot'
import { describeError } from '../src/log.ts'
import { errorCode, openDatabase, request, signUp } from './account.ts'

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const
let spies: MockInstance[]
beforeEach(() => {
  spies = METHODS.map(method => vi.spyOn(console, method).mockReturnValue(undefined))
})
afterEach(() => {
  vi.restoreAllMocks()
})
/** All that was logged, as an inspector would show it. */
const logged = () =>
  spies
    .flatMap(spy => spy.mock.calls.flat() as unknown[])
    .map(part =>
      part instanceof Error ? `${String(part.stack)} ${JSON.stringify(part)}` : JSON.stringify(part)
    )
    .join('\n')

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

it('a failed query is logged without its parameters', async () => {
  const { cookie, email } = await signUp()
  const token = /session_token=([^;.]+)/.exec(cookie)?.[1] ?? ''
  const { client } = openDatabase()
  await client.execute('alter table users rename to users_elsewhere')
  try {
    for (const [path, init] of [
      ['/api/workspaces?token=in-the-query', { cookie }],
      ['/api/auth/sign-in/email', { json: { email, password: 'a secret password' } }],
      [
        '/api/auth/sign-up/email',
        { json: { email: 'new-person@example.com', password: 'a secret password', name: 'A' } }
      ],
      ['/api/auth/get-session', { cookie }],
      ['/sync/some-workspace', { cookie, headers: { upgrade: 'websocket' } }]
    ] as const) {
      const response = await request(path, init)
      if (path.startsWith('/sync')) continue
      expect([path, response.status, await errorCode(response)]).toEqual([path, 503, 'unavailable'])
    }
  } finally {
    await client.execute('alter table users_elsewhere rename to users')
  }
  const log = logged()
  expect(log).toContain('SQLITE')
  for (const secret of [
    token,
    email,
    'new-person',
    'a secret password',
    'in-the-query',
    'select',
    'params',
    cookie
  ]) {
    expect(secret).not.toBe('')
    expect(log).not.toContain(secret)
  }
})

it('an error is logged with its kind, code and location, without quoted values', async () => {
  const orm = drizzle(createClient({ url: 'http://127.0.0.1:1', authToken: 'a-token' }), {
    casing: 'snake_case'
  })
  const errors = await Promise.all([
    thrownBy(() => orm.select().from(users).where(eq(users.email, 'ada-secret@example.com'))),
    thrownBy(() => JSON.parse('ada-secret@example.com')),
    thrownBy(() => v.parse(v.number(), 'ada-secret')),
    thrownBy(() => new URL('ada-secret')),
    thrownBy(() => {
      throw new Error('first line\n    at ada-secret (ada-secret:1:1)\n    at fake (a ada-secret:1:2)', {
        cause: 'ada-secret'
      })
    })
  ])
  for (const error of errors.slice(0, 4)) {
    const told = describeError(error)
    expect(told).toMatch(/^\w*Error/)
    expect(told).not.toContain('ada-secret')
    expect(told).not.toContain('a-token')
  }
  expect(describeError('ada-secret')).toBe('string')
  expect(describeError(new DOMException('the database did not answer in time', 'TimeoutError'))).toContain(
    'did not answer in time'
  )
})
