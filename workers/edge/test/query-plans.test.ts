import { expect, it } from 'vitest'
import { addPerson, adoptWorkspace, request, signUp } from './account.ts'
import { slowSteps, statementsIn } from './slow-steps.ts'

it('distinguishes steps that scan a table from those that use an index', () => {
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
  const ask = async (path: string, json?: object, as = cookie) => {
    const response = await request(`/api/auth${path}`, { cookie: as, ...(json && { json }) })
    expect(response.status, `${path}: ${await response.clone().text()}`).toBe(200)
    return response.json<{ id: string }>()
  }
  const guest = await signUp()
  const invitation = { organizationId, email: guest.email, role: 'member' }
  const { id: invitationId } = await ask('/organization/invite-member', invitation)
  await ask('/organization/accept-invitation', { invitationId }, guest.cookie)
  await ask('/get-session')
  await ask('/list-sessions')
  await ask('/update-user', { name: 'Grace' })
  await ask('/revoke-other-sessions', {})
  await ask('/organization/leave', { organizationId })
  await ask('/revoke-sessions', {})
  await ask('/sign-in/email', { email, password: 'correct horse battery' }, '')
})
