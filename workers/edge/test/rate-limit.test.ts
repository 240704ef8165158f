import { members, organizations, throttles } from '@foyer/db'
import { makeLinkKey } from '@foyer/doc'
import { between, eq } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { beforeEach, expect, it } from 'vitest'
import { adoptWorkspace, errorCode, openDatabase, request, signUp, userIdOf } from './account.ts'

let cookie: string
let userId: string
let workspaceId: string
beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
  userId = await userIdOf(cookie)
})

const adopt = () =>
  request('/api/workspaces', { cookie, json: { id: nanoid(), name: 'Studio', linkKey: makeLinkKey() } })
const pin = (as = cookie) =>
  request(`/api/workspaces/${workspaceId}/pins`, {
    method: 'PUT',
    cookie: as,
    json: { pins: [{ itemId: nanoid(), pinned: true, at: 1 }] }
  })
const upload = () =>
  request(`/api/uploads/${'0'.repeat(64)}?workspace=${workspaceId}`, { method: 'PUT', cookie, body: 'x' })
/** As though all of the person's requests of now had been made before. */
const used = async (what: string, count: number, until = Date.now() + 60_000) => {
  await openDatabase()
    .orm.delete(throttles)
    .where(between(throttles.key, `${userId}/`, `${userId}/~`))
  await openDatabase()
    .orm.insert(throttles)
    .values({ key: `${userId}/${what}`, count, until, forgetAt: until })
}

it.each([
  ['uploads', 'upload', 120, 60, upload, 400],
  ['pins', 'pins', 60, 60, pin, 200],
  ['new workspaces', 'adopt', 20, 3_600, adopt, 201]
] as const)('%s have a limit for each person', async (_what, key, most, seconds, ask, otherwise) => {
  await used(key, most - 1, Date.now() + seconds * 1_000)
  expect((await ask()).status).toBe(otherwise)
  const refused = await ask()
  expect([refused.status, await errorCode(refused)]).toEqual([429, 'too-fast'])
  const wait = Number(refused.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(seconds - 30)
  expect(wait).toBeLessThanOrEqual(seconds)
  await used(key, most, Date.now())
  expect((await ask()).status).not.toBe(429)
})

it('a limit is a person’s own', async () => {
  await used('pins', 60)
  expect((await pin((await signUp()).cookie)).status).toBe(403)
})

it('one person can own 50 workspaces', async () => {
  const { orm } = openDatabase()
  const owned = Array.from({ length: 49 }, () => nanoid())
  const createdAt = new Date()
  await orm.insert(organizations).values(owned.map(id => ({ id, name: id, slug: id, createdAt })))
  await orm
    .insert(members)
    .values(owned.map(id => ({ id, organizationId: id, userId, role: 'owner', createdAt })))
  const refused = await adopt()
  expect([refused.status, await errorCode(refused)]).toEqual([403, 'too-many-workspaces'])
  await orm.update(members).set({ role: 'member' }).where(eq(members.id, owned[0]!))
  expect((await adopt()).status).toBe(201)
})
