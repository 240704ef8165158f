import { members } from '@foyer/db'
import { createRoom } from '@foyer/doc'
import { CLOSE, encodeUpdate } from '@foyer/sync/protocol'
import { env } from 'cloudflare:workers'
import { nanoid } from 'nanoid'
import { beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createDatabase } from '../src/database.ts'
import { parseSettings } from '../src/settings.ts'
import { adoptWorkspace, request, signUp, userIdOf } from './account.ts'
import { allStored, connect, join, type Replica } from './replica.ts'

let owner: { cookie: string }
let member: { cookie: string }
let memberId: string
let organizationId: string
let replica: Replica

beforeEach(async () => {
  owner = await signUp()
  member = await signUp()
  organizationId = await adoptWorkspace(owner.cookie)
  memberId = nanoid()
  const userId = await userIdOf(member.cookie)
  await createDatabase(parseSettings(env))
    .orm.insert(members)
    .values({ id: memberId, organizationId, userId, role: 'member', createdAt: new Date() })
  replica = await join(organizationId, member.cookie)
})

const manage = async (action: string, cookie: string, json: object) => {
  const response = await request(`/api/auth/organization/${action}`, {
    cookie,
    json: { organizationId, ...json }
  })
  expect(response.status, await response.clone().text()).toBe(200)
}
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5_000 })

it('a removed member is disconnected at once and cannot reconnect', async () => {
  await manage('remove-member', owner.cookie, { memberIdOrEmail: memberId })
  await until(() => {
    expect(replica.closed()?.code).toBe(CLOSE.notAMember)
  })
  const again = await connect(organizationId, member.cookie)
  await until(() => {
    expect(again.closed()?.code).toBe(CLOSE.notAMember)
  })
})

it('a member who leaves is disconnected at once', async () => {
  await manage('leave', member.cookie, {})
  await until(() => {
    expect(replica.closed()?.code).toBe(CLOSE.notAMember)
  })
})

it('a member who becomes a viewer is told at once and cannot write any more', async () => {
  createRoom(replica.doc, { name: 'As a member' }, 1)
  await allStored(replica)
  await manage('update-member-role', owner.cookie, { memberId, role: 'viewer' })
  await until(() => {
    expect(replica.heard.findLast(({ type }) => type === 'hello')).toMatchObject({ role: 'viewer' })
  })
  const forged = new Y.Doc()
  createRoom(forged, { name: 'As a viewer' }, 1)
  replica.sendRaw(encodeUpdate(Y.encodeStateAsUpdate(forged)))
  await until(() => {
    expect(replica.closed()?.code).toBe(CLOSE.notAMember)
  })
  const workspaces = await (await request('/api/workspaces', { cookie: member.cookie })).json()
  expect(workspaces).toMatchObject({ workspaces: [{ role: 'viewer', linkKey: null }] })
})
