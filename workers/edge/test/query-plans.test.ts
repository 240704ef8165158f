import { users } from '@foyer/db'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { addPerson, adoptWorkspace, openDatabase, request, signUp } from './account.ts'
import { slowSteps, statementsIn } from './slow-steps.ts'

it('tells steps that grow with a table from those that do not', () => {
  expect(slowSteps(['SCAN rate_limits'])).toHaveLength(1)
  expect(slowSteps(['SCAN links USING COVERING INDEX links_item'])).toHaveLength(1)
  const searched = 'SEARCH activity USING INDEX sqlite_autoindex_activity_1 (workspace_id=?)'
  expect(slowSteps([searched])).toEqual([])
  expect(slowSteps([searched, 'USE TEMP B-TREE FOR ORDER BY'])).toHaveLength(1)
  expect(slowSteps(['SCAN json_each VIRTUAL TABLE INDEX 1:'])).toEqual([])
})

it('finds statements that are sent by themselves and in batches', () => {
  const stmt = { sql: 'select 1', args: [] }
  const batch = { type: 'batch', batch: { steps: [{ stmt: { sql: 'select 2' } }] } }
  expect(statementsIn({ requests: [{ type: 'execute', stmt }, batch] })).toEqual(['select 1', 'select 2'])
})

// What each sends is explained when they are done, as it is for every other file.
it('routes of better-auth that the app does not call answer too', async () => {
  const owner = await signUp()
  const organizationId = await adoptWorkspace(owner.cookie)
  const { email, cookie } = await addPerson(organizationId, 'admin')
  const guest = await signUp()
  // Only then are invitations listed for an address.
  await openDatabase()
    .orm.update(users)
    .set({ emailVerified: true })
    .where(eq(users.email, guest.email.toLowerCase()))
  const ask = async (path: string, json?: object, as = cookie) => {
    const response = await request(`/api/auth${path}`, { cookie: as, ...(json && { json }) })
    expect(response.status, `${path}: ${await response.clone().text()}`).toBe(200)
    return response.json<{ id: string }>()
  }
  const inOrganization = `organizationId=${organizationId}`
  const invite = (to: string) =>
    ask('/organization/invite-member', { organizationId, email: to, role: 'member' })

  await ask('/organization/set-active', { organizationId })
  await ask('/organization/get-active-member')
  await ask('/organization/get-active-member-role')
  await ask('/organization/list')
  await ask(`/organization/get-full-organization?${inOrganization}`)
  await ask(`/organization/list-members?${inOrganization}`)
  await ask(`/organization/list-members?${inOrganization}&filterField=role&filterValue=admin`)
  await ask('/organization/check-slug', { slug: 'another' })
  const { id: cancelled } = await invite('nobody@example.com')
  await ask('/organization/cancel-invitation', { invitationId: cancelled })
  const { id: rejected } = await invite(guest.email)
  await ask(`/organization/list-invitations?${inOrganization}`)
  await ask('/organization/list-user-invitations', undefined, guest.cookie)
  await ask(`/organization/get-invitation?id=${rejected}`, undefined, guest.cookie)
  await ask('/organization/reject-invitation', { invitationId: rejected }, guest.cookie)
  await ask('/list-accounts')
  await ask('/list-sessions')
  await ask('/update-user', { name: 'Grace' })
  await ask('/revoke-other-sessions', {})
  await ask('/organization/leave', { organizationId })
  await ask('/revoke-sessions', {})
  await ask('/sign-in/email', { email, password: 'correct horse battery' }, '')
})
