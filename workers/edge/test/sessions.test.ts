import { members, sessions } from '@foyer/db'
import { createRoom, readItems } from '@foyer/doc'
import { CLOSE, encodeMissing } from '@foyer/sync/protocol'
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { adoptWorkspace, cookieOf, openDatabase, request, signUp, userIdOf, type Account } from './account.ts'
import { allStored, connect, join, type Replica } from './replica.ts'

let account: Account
/** Another device of the same person. */
let otherCookie: string
let workspaceId: string
let here: Replica
let there: Replica

beforeEach(async () => {
  account = await signUp()
  workspaceId = await adoptWorkspace(account.cookie)
  const { email, password } = account
  otherCookie = cookieOf(await request('/api/auth/sign-in/email', { json: { email, password } }))
  here = await join(workspaceId, account.cookie)
  there = await join(workspaceId, otherCookie)
})

const closedWithin = (replica: Replica, code: number, ms = 1_000) =>
  vi.waitFor(
    () => {
      expect(replica.closed()?.code).toBe(code)
    },
    { timeout: ms }
  )
const act = async (action: string, cookie: string, json: object = {}) => {
  const response = await request(`/api/auth/${action}`, { cookie, json })
  expect(response.status, await response.clone().text()).toBe(200)
}
const sleep = () => evictDurableObject(env.WORKSPACE_OBJECT.getByName(workspaceId))
const sessionsOf = async (cookie: string) => {
  const response = await request('/api/auth/list-sessions', { cookie })
  return response.json<{ id: string; token: string }[]>()
}
const own = async (cookie: string) => {
  const response = await request('/api/auth/get-session', { cookie })
  return (await response.json<{ session: { id: string; token: string } }>()).session
}

describe('a socket ends with its session (S38)', () => {
  it.each<[string, () => Promise<void>]>([
    ['signed out', () => act('sign-out', account.cookie)],
    [
      'revoked from another device',
      async () => act('revoke-session', otherCookie, { token: (await own(account.cookie)).token })
    ],
    ['revoked with all others', () => act('revoke-other-sessions', otherCookie)],
    [
      'ended by a new password',
      () =>
        act('change-password', otherCookie, {
          currentPassword: account.password,
          newPassword: 'another horse battery',
          revokeOtherSessions: true
        })
    ]
  ])('%s, and nothing that it still says counts', async (_how, end) => {
    await end()
    const late = new Y.Doc()
    createRoom(late, { name: 'Too late' }, 1)
    if (here.closed() === null) here.sendRaw(encodeMissing(Y.encodeStateAsUpdate(late)))
    await closedWithin(here, CLOSE.signedOut)
    const again = await connect(workspaceId, account.cookie)
    await closedWithin(again, CLOSE.signedOut, 5_000)
    expect((await request('/api/workspaces', { cookie: account.cookie })).status).toBe(401)
    const fresh = cookieOf(await request('/api/auth/sign-in/email', { json: await whoIsLeft() }))
    expect(readItems((await join(workspaceId, fresh)).doc, 'room')).toEqual([])
  })
  const whoIsLeft = async () => {
    const { email, password } = account
    const known = await request('/api/auth/sign-in/email', { json: { email, password } })
    return { email, password: known.ok ? password : 'another horse battery' }
  }

  it('during hibernation', async () => {
    await sleep()
    await act('sign-out', account.cookie)
    await closedWithin(here, CLOSE.signedOut)
    createRoom(there.doc, { name: 'Still here' }, 1)
    await allStored(there)
  })

  it('all of more sessions than better-auth names', async () => {
    const userId = await userIdOf(account.cookie)
    const { orm } = openDatabase()
    const [row] = await orm.select().from(sessions).where(eq(sessions.userId, userId))
    if (row === undefined) throw new Error('no session')
    for (let i = 0; i < 120; i++)
      await orm.insert(sessions).values({ ...row, id: `a${i}${row.id}`, token: `${row.token}${i}` })
    await act('revoke-sessions', otherCookie)
    await closedWithin(here, CLOSE.signedOut)
    await closedWithin(there, CLOSE.signedOut)
  })

  it('that was deleted from the database without notice', async () => {
    await openDatabase()
      .orm.delete(sessions)
      .where(eq(sessions.id, (await own(account.cookie)).id))
    await closedWithin(here, CLOSE.signedOut, 2_000)
    expect(there.closed()).toBeNull()
  })

  it('that expires, and not one that was renewed meanwhile', async () => {
    const { orm } = openDatabase()
    const soon = new Date(Date.now() + 5_000)
    for (const { id } of await sessionsOf(account.cookie)) {
      await orm.update(sessions).set({ expiresAt: soon }).where(eq(sessions.id, id))
    }
    const expiring = await join(workspaceId, account.cookie)
    const renewed = await join(workspaceId, otherCookie)
    const later = new Date(Date.now() + 60_000)
    await orm
      .update(sessions)
      .set({ expiresAt: later })
      .where(eq(sessions.id, (await own(otherCookie)).id))
    await closedWithin(expiring, CLOSE.signedOut, 6_500)
    expect(renewed.closed()).toBeNull()
  })

  it('and with a membership that was deleted from the database', async () => {
    await openDatabase().orm.delete(members).where(eq(members.organizationId, workspaceId))
    await closedWithin(here, CLOSE.notAMember, 2_000)
  })
})
