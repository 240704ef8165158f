import { createRoom, makeLinkKey } from '@foyer/doc'
import { env } from 'cloudflare:workers'
import { nanoid } from 'nanoid'
import { describe, expect, it } from 'vitest'
import { createDatabase } from '../src/database.ts'
import { parseSettings } from '../src/settings.ts'
import { adoptWorkspace, cookieOf, errorCode, request, signUp } from './account.ts'
import { allStored, join } from './replica.ts'

describe('accounts', () => {
  it('signs up, in and out', async () => {
    const { email, password, cookie } = await signUp()
    const signedOut = await request('/api/auth/sign-out', { cookie, json: {} })
    expect(signedOut.status).toBe(200)
    expect((await request('/api/workspaces', { cookie })).status).toBe(401)

    const signedIn = await request('/api/auth/sign-in/email', { json: { email, password } })
    expect((await request('/api/workspaces', { cookie: cookieOf(signedIn) })).status).toBe(200)
  })

  it('refuses a wrong password with a message and no cookie', async () => {
    const { email } = await signUp()
    const response = await request('/api/auth/sign-in/email', { json: { email, password: 'not this one' } })
    expect(response.status).toBe(401)
    expect(cookieOf(response)).toBe('')
    expect(await response.json()).toMatchObject({ message: expect.stringMatching(/password/i) as string })
  })

  it('refuses a password that is too short and an address that is taken', async () => {
    const { email } = await signUp()
    const short = { email: `${nanoid()}@example.com`, name: 'A', password: 'short' }
    expect((await request('/api/auth/sign-up/email', { json: short })).status).toBe(400)
    const taken = { email, name: 'A', password: 'correct horse battery' }
    expect((await request('/api/auth/sign-up/email', { json: taken })).status).toBe(422)
  })
})

describe('workspaces', () => {
  it('adopts a workspace made on a device, once, with its id and key', async () => {
    const { cookie } = await signUp()
    const workspace = { id: nanoid(), name: 'Studio', linkKey: makeLinkKey() }
    const first = await request('/api/workspaces', { cookie, json: workspace })
    expect(first.status).toBe(201)
    const again = await request('/api/workspaces', { cookie, json: { ...workspace, linkKey: makeLinkKey() } })
    expect(again.status).toBe(200)
    const expected = { ...workspace, role: 'owner' }
    expect(await again.json()).toEqual({ workspace: expected })
    const list = await request('/api/workspaces', { cookie })
    expect(await list.json()).toEqual({ workspaces: [expected] })
  })

  it('does not give the remains of a deleted workspace to whoever adopts its id', async () => {
    const { cookie } = await signUp()
    const id = await adoptWorkspace(cookie)
    const device = await join(id, cookie)
    createRoom(device.doc, { name: 'Private' }, Date.now())
    await allStored(device)
    const { client } = createDatabase(parseSettings(env))
    await client.execute({ sql: 'delete from organizations where id = ?', args: [id] })
    for (const who of [cookie, (await signUp()).cookie]) {
      const taken = await request('/api/workspaces', {
        cookie: who,
        json: { id, name: 'Mine', linkKey: makeLinkKey() }
      })
      expect([taken.status, await errorCode(taken)]).toEqual([409, 'workspace-taken'])
    }
  })

  it('shows a workspace only to its members', async () => {
    const { cookie } = await signUp()
    const id = await adoptWorkspace(cookie)
    const stranger = await signUp()
    const taken = await request('/api/workspaces', {
      cookie: stranger.cookie,
      json: { id, name: 'Mine', linkKey: makeLinkKey() }
    })
    expect([taken.status, await errorCode(taken)]).toEqual([409, 'workspace-taken'])
    for (const path of ['', '/rooms', '/webinars']) {
      const response = await request(`/api/workspaces/${id}${path}`, { cookie: stranger.cookie })
      expect([response.status, await errorCode(response)]).toEqual([403, 'not-a-member'])
    }
  })

  it.each([
    ['a short id', { id: 'short' }],
    ['an empty name', { name: '  ' }],
    ['a long name', { name: 'x'.repeat(121) }],
    ['a key that is no key', { linkKey: 'abc' }]
  ])('refuses %s', async (_what, bad) => {
    const { cookie } = await signUp()
    const json = { id: nanoid(), name: 'Studio', linkKey: makeLinkKey(), ...bad }
    const response = await request('/api/workspaces', { cookie, json })
    expect([response.status, await errorCode(response)]).toEqual([400, 'bad-input'])
  })
})

describe('every request', () => {
  it('needs a session for private data', async () => {
    for (const path of ['', '/x', '/x/rooms', '/x/webinars']) {
      expect((await request(`/api/workspaces${path}`)).status).toBe(401)
    }
  })

  it('is refused when another site sent it', async () => {
    const { cookie } = await signUp()
    for (const origin of ['https://evil.example', 'null']) {
      const response = await request('/api/workspaces', { cookie, json: {}, headers: { origin } })
      expect([response.status, await errorCode(response)]).toEqual([403, 'other-origin'])
    }
  })

  it('gets errors in one shape', async () => {
    const missing = await request('/api/nothing')
    expect([missing.status, await errorCode(missing)]).toEqual([404, 'not-found'])
    const slug = await request('/api/links/no-such-room-aaaaaaaaaa')
    expect([slug.status, await errorCode(slug)]).toEqual([404, 'not-published'])
    const upgrade = await request('/sync/x')
    expect([upgrade.status, await errorCode(upgrade)]).toEqual([426, 'websocket-only'])
  })

  it('reports health while the database answers', async () => {
    expect(await (await request('/api/health')).json()).toEqual({ status: 'ok' })
  })
})
