import { throttles } from '@foyer/db'
import { between, sql } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { describe, expect, it } from 'vitest'
import { guessedAccount } from '../src/accounts/guessed-account.ts'
import { countGuess, waitAfter } from '../src/accounts/guesses.ts'
import { cookieOf, errorCode, openDatabase, request, signUp, userIdOf } from './account.ts'

const WRONG = 'not this one'
const SECRET = 'only for tests, only for tests, only for tests'
const address = () => crypto.getRandomValues(new Uint8Array(4)).join('.')
const signIn = (email: string, password: string, cookie = '') =>
  request('/api/auth/sign-in/email', {
    json: { email, password },
    cookie,
    headers: { 'cf-connecting-ip': address() }
  })
/** As though what was counted under these keys had come so much earlier, or later. */
const shift = async (keys: string, ms: number) => {
  await openDatabase()
    .orm.update(throttles)
    .set({ until: sql`until + ${ms}` })
    .where(between(throttles.key, keys, `${keys}~`))
}
const AN_HOUR = 3_600_000
/** The wait is longer than this test can take, until it is `over`. */
const keyOf = async (email: string) => `sign-in/${(await guessedAccount(openDatabase(), email, SECRET)).key}`
const hold = async (email: string) => shift(await keyOf(email), AN_HOUR)
const over = async (email: string) => shift(await keyOf(email), -2 * AN_HOUR)
const signUpAs = async (email: string) => {
  const account = { email, password: 'correct horse battery' }
  const headers = { 'cf-connecting-ip': address() }
  const response = await request('/api/auth/sign-up/email', { json: { ...account, name: 'Ada' }, headers })
  if (!response.ok) throw new Error(await response.text())
  return { ...account, cookie: cookieOf(response) }
}

describe('wrong passwords from changing addresses', () => {
  it('are throttled per account, however the address is written', async () => {
    const { email } = await signUp()
    const spellings = [email, email.toUpperCase(), email.replace('example', 'Example')]
    for (let at = 0; at < 10; at++) expect((await signIn(spellings[at % 3]!, WRONG)).status).toBe(401)
    await hold(email)
    for (const spelling of spellings) {
      const refused = await signIn(spelling, WRONG)
      expect([refused.status, await errorCode(refused)]).toEqual([429, 'too-many-tries'])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    // Others are not.
    const other = await signUp()
    expect((await signIn(other.email, other.password)).status).toBe(200)
  })

  it('do not count for an account with an address that is only like it', async () => {
    const [name, host] = [nanoid(), 'example.com']
    const victim = await signUpAs(`${name}@${host}`)
    const twins = [
      `${name}+1@${host}`,
      `${name.slice(0, -1)}\u00ad${name.slice(-1)}@${host}`,
      ` ${victim.email}`
    ]
    const twin = await signUpAs(twins[0]!)
    for (const email of twins) for (let at = 0; at < 10; at++) await signIn(email, WRONG)
    await hold(twin.email)
    expect((await signIn(twin.email, WRONG)).status).toBe(429)
    // Nobody is locked out with it.
    expect((await signIn(victim.email, victim.password)).status).toBe(200)
  })

  it('are not forgotten because somebody signs in to an account with an address that is only like it', async () => {
    const name = nanoid()
    const victim = await signUpAs(`${name}@example.com`)
    const twin = await signUpAs(`${name}+1@example.com`)
    for (let at = 0; at < 10; at++) await signIn(victim.email, WRONG)
    await hold(victim.email)
    expect((await signIn(twin.email, twin.password)).status).toBe(200)
    // Nor is a browser that it knows one of the other's.
    expect((await signIn(victim.email, WRONG, twin.cookie)).status).toBe(429)
  })

  it('sent in parallel count like sequential ones', async () => {
    const [database, key, now] = [openDatabase(), `sign-in/${nanoid()}`, Date.now()]
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => countGuess(database, key, now))
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  })

  it('lock nobody out: a known browser signs in at once, others after the wait', async () => {
    const { email, password, cookie } = await signUp()
    for (let at = 0; at < 10; at++) expect((await signIn(email, WRONG)).status).toBe(401)
    await hold(email)
    expect((await signIn(email, password)).status).toBe(429)
    expect((await signIn(email, password, cookie)).status).toBe(200)
    await over(email)
    const elsewhere = await signIn(email, password)
    expect(elsewhere.status).toBe(200)
    // Its count has started over.
    expect((await signIn(email, WRONG)).status).toBe(401)
  })

  it('count for a known browser too, and one account’s browser is not another’s', async () => {
    const { email, password, cookie } = await signUp()
    for (let at = 0; at < 10; at++) expect((await signIn(email, WRONG, cookie)).status).toBe(401)
    await hold(email)
    expect((await signIn(email, WRONG, cookie)).status).toBe(429)
    const stranger = await signUp()
    for (let at = 0; at < 10; at++) await signIn(email, WRONG)
    await hold(email)
    expect((await signIn(email, password, stranger.cookie)).status).toBe(429)
    const [, value = ''] = /foyer-known-\w+=([^;]+)/.exec(stranger.cookie) ?? []
    expect(value).not.toBe('')
    const forged = `foyer-known-${await userIdOf(cookie)}=${value}`
    expect((await signIn(email, password, forged)).status).toBe(429)
  })

  it('double the wait, up to a quarter of an hour', () => {
    expect([9, 10, 11, 12, 30, 1_000].map(waitAfter)).toEqual([0, 2_000, 4_000, 8_000, 900_000, 900_000])
  })

  it('for an unknown address are counted too, so that answers do not reveal accounts', async () => {
    const nobody = `${nanoid()}@example.com`
    const { email: somebody } = await signUp()
    const answersOf = async (email: string) => {
      const answers: unknown[] = []
      const guess = async () => {
        const response = await signIn(email, WRONG)
        const { headers, status } = response
        answers.push([status, await response.json(), [...headers.keys()].sort()])
      }
      for (let at = 0; at < 10; at++) await guess()
      await hold(email)
      for (let at = 0; at < 2; at++) await guess()
      return answers
    }
    const [ofNobody, ofSomebody] = [await answersOf(nobody), await answersOf(somebody)]
    expect(ofNobody).toEqual(ofSomebody)
    expect(ofNobody.at(-1)).toMatchObject([429, { error: { code: 'too-many-tries' } }, expect.anything()])
  })
})

it('a stolen session cannot guess the password faster', async () => {
  const { cookie } = await signUp()
  const change = () =>
    request('/api/auth/change-password', {
      cookie,
      json: { currentPassword: WRONG, newPassword: 'another long one' },
      headers: { 'cf-connecting-ip': address() }
    })
  for (let at = 0; at < 10; at++) expect((await change()).status).not.toBe(429)
  await shift(`password/${await userIdOf(cookie)}`, AN_HOUR)
  const refused = await change()
  expect([refused.status, await errorCode(refused)]).toEqual([429, 'too-many-tries'])
})

it('one network of IPv6 is one address, whatever a sender says in other headers', async () => {
  const answers: number[] = []
  for (let at = 0; at < 31; at++) {
    const headers = { 'cf-connecting-ip': `2001:db8:1:2::${at.toString(16)}`, 'x-forwarded-for': address() }
    const json = { email: `${nanoid()}@example.com`, password: WRONG }
    answers.push((await request('/api/auth/sign-in/email', { json, headers })).status)
  }
  expect(answers.slice(0, 30)).not.toContain(429)
  expect(answers[30]).toBe(429)
})

it('what a signed-up browser gets is a cookie for signing in alone', async () => {
  const email = `${nanoid()}@example.com`
  const response = await request('/api/auth/sign-up/email', {
    json: { email, password: 'correct horse battery', name: 'Ada' },
    headers: { 'cf-connecting-ip': address() }
  })
  const known = response.headers.getSetCookie().find(line => line.startsWith('foyer-known-'))
  expect(known).toMatch(/Path=\/api\/auth; HttpOnly; SameSite=Lax/)
  expect(known).not.toContain(email.split('@')[0])
  expect(cookieOf(response)).toContain('foyer-known-')
})
