import { members } from '@foyer/db'
import { createRoom } from '@foyer/doc'
import { CLOSE, encodeUpdate } from '@foyer/sync/protocol'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import {
  addPerson,
  adoptWorkspace,
  openDatabase,
  request,
  signUp,
  userIdOf,
  type Account
} from './account.ts'
import { join } from './replica.ts'

let owner: Account
let workspaceId: string

beforeEach(async () => {
  owner = await signUp()
  workspaceId = await adoptWorkspace(owner.cookie)
})

const memberOf = async (cookie: string) => {
  const isThem = and(eq(members.userId, await userIdOf(cookie)), eq(members.organizationId, workspaceId))
  const [row] = await openDatabase().orm.select().from(members).where(isThem)
  if (row === undefined) throw new Error('no member')
  return row
}
const setRole = async (by: Account, memberId: string, role: unknown) =>
  request('/api/auth/organization/update-member-role', {
    cookie: by.cookie,
    json: { organizationId: workspaceId, memberId, role }
  })

it.each(['viewer,viewer', 'owner,viewer', 'Owner', ' owner', 'viewer ', '', 'superadmin'])(
  'a member whose stored role is %j reads, and gets no link key (S38)',
  async role => {
    const odd = await addPerson(workspaceId, role)
    const list = await (await request('/api/workspaces', { cookie: odd.cookie })).json()
    expect(list).toMatchObject({ workspaces: [{ role: 'viewer', linkKey: null }] })
    const one = await (await request(`/api/workspaces/${workspaceId}`, { cookie: odd.cookie })).json()
    expect(one).toMatchObject({ workspace: { role: 'viewer', linkKey: null } })
    const replica = await join(workspaceId, odd.cookie)
    expect(replica.heard[0]).toMatchObject({ type: 'hello', role: 'viewer' })
    const forged = new Y.Doc()
    createRoom(forged, { name: 'By nobody' }, 1)
    replica.sendRaw(encodeUpdate(Y.encodeStateAsUpdate(forged)))
    await vi.waitFor(
      () => {
        expect(replica.closed()?.code).toBe(CLOSE.notAMember)
      },
      { timeout: 5_000 }
    )
    const { id } = await memberOf(odd.cookie)
    expect((await setRole(odd, id, 'member')).status).toBe(403)
  }
)

describe('a role is set', () => {
  it.each([
    { role: ['viewer', 'viewer'] },
    { role: ['owner'] },
    { role: 'viewer,viewer' },
    { role: 'admin,viewer' },
    { role: 'Admin' },
    { role: ' admin' },
    { role: '' },
    { role: {} },
    { role: null }
  ])('not to $role', async ({ role }) => {
    const member = await memberOf((await addPerson(workspaceId, 'member')).cookie)
    expect((await setRole(owner, member.id, role)).status).toBe(400)
    expect((await memberOf(owner.cookie)).role).toBe('owner')
  })

  it.each(['viewer', 'member'])('not by a %s, neither theirs nor another’s', async role => {
    const person = await addPerson(workspaceId, role)
    for (const { id } of [await memberOf(person.cookie), await memberOf(owner.cookie)]) {
      for (const next of ['owner', 'admin', 'member', 'viewer']) {
        expect((await setRole(person, id, next)).status).toBe(403)
      }
    }
    expect((await memberOf(person.cookie)).role).toBe(role)
  })

  it('by an admin to no more than an admin', async () => {
    const admin = await addPerson(workspaceId, 'admin')
    const member = await memberOf((await addPerson(workspaceId, 'member')).cookie)
    expect((await setRole(admin, member.id, 'owner')).status).toBe(403)
    expect((await setRole(admin, (await memberOf(owner.cookie)).id, 'viewer')).status).toBe(403)
    expect((await setRole(admin, member.id, 'viewer')).status).toBe(200)
  })
})

describe('an invitation', () => {
  const invite = (by: Account, role: unknown, email = 'guest@example.com') =>
    request('/api/auth/organization/invite-member', {
      cookie: by.cookie,
      json: { organizationId: workspaceId, email, role }
    })
  const accept = (by: Account, invitationId: string) =>
    request('/api/auth/organization/accept-invitation', { cookie: by.cookie, json: { invitationId } })

  it.each([['owner', 'admin'], ['viewer', 'viewer'], 'owner,viewer', 'Admin', '', null, {}])(
    'is not to be %j',
    async role => {
      expect((await invite(owner, role)).status).toBe(400)
    }
  )

  it.each(['viewer', 'member'])('does not come from a %s', async role => {
    expect((await invite(await addPerson(workspaceId, role), 'viewer')).status).toBe(403)
  })

  it('comes from an admin to no more than an admin, and from nobody of another workspace', async () => {
    const admin = await addPerson(workspaceId, 'admin')
    expect((await invite(admin, 'owner')).status).toBe(403)
    expect((await invite(await signUp(), 'viewer')).status).toBe(403)
    expect((await invite(admin, 'admin')).status).toBe(200)
  })

  it('is accepted by the one it is for, once', async () => {
    const guest = await signUp()
    const { id } = await (await invite(owner, 'viewer', guest.email)).json<{ id: string }>()
    for (const other of [await signUp(), await addPerson(workspaceId, 'member')]) {
      expect((await accept(other, id)).status).toBe(403)
    }
    expect((await accept(guest, id)).status).toBe(200)
    expect((await memberOf(guest.cookie)).role).toBe('viewer')
    expect((await accept(guest, id)).status).toBe(400)
    expect((await accept(guest, 'x')).status).toBe(400)
  })
})

it.each([
  ['POST', 'organization/create', { name: 'Mine', slug: 'mine' }],
  ['POST', 'organization/update', { data: { metadata: { a: 1 } } }],
  ['POST', 'organization/delete', {}],
  ['POST', 'organization/set-active', {}],
  ['POST', 'organization/cancel-invitation', { invitationId: 'x' }],
  ['GET', 'organization/list-invitations', null],
  ['POST', 'organization/has-permission', { permissions: {} }],
  ['GET', 'organization/get-full-organization', null],
  ['GET', 'organization/list-members', null],
  ['GET', 'organization/list', null],
  ['POST', 'organization/add-member', { userId: 'x', role: 'owner' }],
  ['POST', 'update-session', { activeOrganizationId: 'x' }],
  ['POST', 'delete-user', {}],
  ['POST', 'change-email', { newEmail: 'eve@example.com' }],
  ['POST', 'sign-in/social', { provider: 'github' }],
  ['GET', 'ok', null]
])('%s %s of better-auth is not open', async (method, path, json) => {
  const body = json && { organizationId: workspaceId, ...json }
  const response = await request(`/api/auth/${path}`, {
    cookie: owner.cookie,
    method,
    ...(body && { json: body })
  })
  expect(response.status).toBe(404)
})
