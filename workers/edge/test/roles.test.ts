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

it.each([
  ['POST', 'organization/create', { name: 'Mine', slug: 'mine' }],
  ['POST', 'organization/update', { data: { metadata: { a: 1 } } }],
  ['POST', 'organization/delete', {}],
  ['POST', 'organization/set-active', {}],
  ['POST', 'organization/invite-member', { email: 'eve@example.com', role: 'owner' }],
  ['POST', 'organization/accept-invitation', { invitationId: 'x' }],
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
