import type { Context } from 'hono'
import { Hono } from 'hono/quick'
import * as v from 'valibot'
import { guessedAccount, type GuessedAccount } from '../accounts/guessed-account.ts'
import { countGuess, forgetGuesses } from '../accounts/guesses.ts'
import { knownBrowser, makeKnown } from '../accounts/known-browser.ts'
import { readSession, type Auth } from '../auth.ts'
import { answerNotFound, UNAVAILABLE } from '../http/api-error.ts'
import { readJson } from '../http/body.ts'
import type { Services } from '../services.ts'

const withEmail = v.object({ email: v.string() })

/** Routes that ask a signed-in user for the password. */
const PASSWORD_PATHS = ['/change-password', '/verify-password', '/delete-user', '/change-email'] as const

/** better-auth's routes, with limits on bodies and on password guesses. */
export const accountRoutes = ({ auth, database, settings }: Services) => {
  const accountIn = async (body: unknown): Promise<GuessedAccount | undefined> => {
    const read = v.safeParse(withEmail, body)
    return read.success ? guessedAccount(database, read.output.email, settings.authSecret) : undefined
  }

  return new Hono()
    .post('/sign-in/email', async c => {
      const { value, request } = await readJson(c.req.raw)
      const account = await accountIn(value)
      if (account === undefined) return answer(c, auth(), request)
      const { userId } = account
      const known = userId === undefined ? undefined : await knownBrowser(c, settings, userId)
      const key = known === undefined ? `sign-in/${account.key}` : `sign-in/${account.key}/${known}`
      await countGuess(database, key)
      const response = await answer(c, auth(), request)
      if (!response.ok) return response
      await forgetGuesses(database, key)
      if (userId !== undefined) await makeKnown(c, settings, userId)
      return c.newResponse(response.body, response)
    })

    .post('/sign-up/email', async c => {
      const { value, request } = await readJson(c.req.raw)
      const response = await answer(c, auth(), request)
      if (!response.ok) return response
      const made = await accountIn(value)
      if (made?.userId !== undefined) await makeKnown(c, settings, made.userId)
      return c.newResponse(response.body, response)
    })

    .on('POST', [...PASSWORD_PATHS], async c => {
      const { request } = await readJson(c.req.raw)
      const session = await readSession(auth(), request.headers)
      if (session === null) return answer(c, auth(), request)
      const key = `password/${session.userId}`
      await countGuess(database, key)
      const response = await answer(c, auth(), request)
      if (response.ok) await forgetGuesses(database, key)
      return response
    })

    .post('/*', async c => answer(c, auth(), (await readJson(c.req.raw, { mayBeEmpty: true })).request))
    .get('/*', c => answer(c, auth(), c.req.raw))
}

/** better-auth's answer, with errors also in this API's shape. */
const answer = async (c: Context, auth: Auth, request: Request): Promise<Response> => {
  const response = await auth.handler(request)
  if (response.status < 400) return new Response(response.body, response)
  if (response.status >= 500) return c.json(UNAVAILABLE, 503)
  const told = v.safeParse(refusal, await response.json().catch(() => undefined))
  if (!told.success) return answerNotFound(c)
  const { code = 'refused', message } = told.output
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.set('content-type', 'application/json')
  const wait = headers.get('x-retry-after')
  if (wait !== null) headers.set('retry-after', wait)
  return Response.json({ ...told.output, error: { code, message } }, { status: response.status, headers })
}

const refusal = v.looseObject({ message: v.string(), code: v.optional(v.string()) })
