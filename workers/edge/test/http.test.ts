import { makeLinkKey } from '@foyer/doc'
import { nanoid } from 'nanoid'
import { describe, expect, it } from 'vitest'
import { adoptWorkspace, errorCode, request, signUp } from './account.ts'

/** A body of 4 MiB that counts how much of it is asked for, and does not say its length. */
const long = () => {
  let pulled = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 16_384
        controller.enqueue(new Uint8Array(16_384).fill(0x20))
        if (pulled >= 4 * 1024 * 1024) controller.close()
      }
    },
    { highWaterMark: 0 }
  )
  return { body, pulled: () => pulled }
}
const json = { 'content-type': 'application/json' }

describe('a body', () => {
  it.each(['/api/workspaces', '/api/workspaces/x/pins', `/api/uploads/${'0'.repeat(64)}?workspace=x`])(
    'is not read of nobody at %s',
    async path => {
      const { body, pulled } = long()
      const method = path === '/api/workspaces' ? 'POST' : 'PUT'
      const response = await request(path, { method, body, headers: json })
      expect([response.status, await errorCode(response)]).toEqual([401, 'signed-out'])
      expect(pulled()).toBeLessThan(100_000)
    }
  )

  it.each(['/api/auth/sign-in/email', '/api/auth/sign-up/email', '/api/auth/sign-out', '/api/auth/no-such'])(
    'has at most 64 KiB at %s, whatever it says of its length',
    async path => {
      const { body, pulled } = long()
      const response = await request(path, { method: 'POST', body, headers: json })
      expect([response.status, await errorCode(response)]).toEqual([413, 'too-large'])
      expect(pulled()).toBeLessThan(200_000)
    }
  )

  it('has at most 64 KiB of a member too', async () => {
    const { cookie } = await signUp()
    const id = await adoptWorkspace(cookie)
    const large = { pins: [], filler: 'x'.repeat(65_536) }
    const pins = await request(`/api/workspaces/${id}/pins`, { method: 'PUT', cookie, json: large })
    expect([pins.status, await errorCode(pins)]).toEqual([413, 'too-large'])
  })

  const BAD_JSON = [
    '',
    '{',
    'nothing',
    '{"email":"a@example.com"',
    '['.repeat(60_000),
    new Uint8Array([0x22, 0xff, 0xfe, 0x22])
  ]
  it.each(BAD_JSON.map((body, index) => [index, body] as const))(
    'that is no JSON is refused: %i',
    async (_, body) => {
      const { cookie } = await signUp()
      for (const path of ['/api/workspaces', '/api/auth/sign-in/email', '/api/auth/update-user']) {
        const response = await request(path, { method: 'POST', cookie, body, headers: json })
        // No body at all is nothing to be refused for, where none is needed.
        if (body === '' && path.endsWith('update-user')) expect(response.status, path).toBe(400)
        else expect([response.status, await errorCode(response)], path).toEqual([400, 'bad-json'])
      }
    }
  )

  const HALF = '\ud800'
  it.each([
    ['/api/auth/sign-up/email', { name: HALF }],
    ['/api/auth/sign-up/email', { email: `${HALF}@example.com` }],
    ['/api/auth/sign-up/email', { password: `correct horse${HALF}` }],
    ['/api/auth/sign-up/email', { image: HALF }],
    ['/api/auth/sign-in/email', { email: HALF }],
    ['/api/auth/sign-in/email', { password: HALF }],
    ['/api/auth/sign-in/email', { [HALF]: 1 }],
    ['/api/auth/update-user', { image: `https://example.com/${HALF}` }],
    ['/api/auth/change-password', { currentPassword: HALF, newPassword: 'another long one' }],
    ['/api/auth/revoke-session', { token: HALF }],
    ['/api/auth/organization/update-member-role', { memberId: HALF, role: 'member', organizationId: 'x' }],
    ['/api/auth/sign-out', { nested: [{ deep: `x${HALF}y` }] }],
    ['/api/workspaces', { id: nanoid(), name: HALF, linkKey: makeLinkKey() }],
    ['/api/workspaces', { id: HALF, name: 'Studio', linkKey: makeLinkKey() }]
  ])('with half a character is refused: %s %j', async (path, part) => {
    const { cookie } = await signUp()
    const account = { email: `${nanoid()}@example.com`, password: 'correct horse battery', name: 'Ada' }
    const response = await request(path, { cookie, json: { ...account, ...part } })
    expect([response.status, await errorCode(response)]).toEqual([400, 'bad-json'])
  })

  it('with whole characters in escapes is taken', async () => {
    const { cookie } = await signUp()
    const body = '{"name":"\\ud83d\\udc69"}'
    const updated = await request('/api/auth/update-user', { method: 'POST', cookie, headers: json, body })
    expect(updated.status).toBe(200)
  })

  it.each([
    'null',
    '[]',
    '"text"',
    '1',
    '{"__proto__":{"name":"x"}}',
    '{"name":null,"email":[],"password":{}}'
  ])('of another shape is refused: %s', async body => {
    const { cookie } = await signUp()
    for (const path of ['/api/workspaces', '/api/auth/sign-in/email', '/api/auth/sign-up/email']) {
      const response = await request(path, { method: 'POST', cookie, body, headers: json })
      expect(response.status, path).toBe(400)
      expect(await errorCode(response), path).toMatch(/./)
    }
  })

  it.each([{}, { 'content-type': 'text/plain' }, { ...json, 'content-encoding': 'gzip' }])(
    'that is not sent as JSON is refused: %o',
    async headers => {
      const { cookie } = await signUp()
      const body = JSON.stringify({ id: nanoid(), name: 'Studio', linkKey: makeLinkKey() })
      for (const path of ['/api/workspaces', '/api/auth/sign-in/email']) {
        const sent = new TextEncoder().encode(body) // without a type of its own
        const response = await request(path, { method: 'POST', cookie, body: sent, headers })
        expect([response.status, await errorCode(response)], path).toEqual([415, 'not-json'])
      }
    }
  )
})

describe('names', () => {
  const BAD = ['', '  ', 'x'.repeat(121), 'a\nb', 'a\0b', '\u200b\u200d']

  it.each(BAD)('%j is nobody’s', async name => {
    const email = `${nanoid()}@example.com`
    const account = { email, password: 'correct horse battery', name }
    const signedUp = await request('/api/auth/sign-up/email', { json: account })
    expect([signedUp.status, await errorCode(signedUp)]).toEqual([400, 'INVALID_NAME'])
    const { cookie } = await signUp()
    const updated = await request('/api/auth/update-user', { cookie, json: { name } })
    expect([updated.status, await errorCode(updated)]).toEqual([400, 'INVALID_NAME'])
    const adopted = await request('/api/workspaces', {
      cookie,
      json: { id: nanoid(), name, linkKey: makeLinkKey() }
    })
    expect([adopted.status, await errorCode(adopted)]).toEqual([400, 'bad-input'])
  })

  it('of 120 characters stands, without the blanks around it', async () => {
    const name = '👩'.repeat(120)
    const { cookie } = await signUp()
    expect((await request('/api/auth/update-user', { cookie, json: { name: ` ${name} ` } })).status).toBe(200)
    const session = await request('/api/auth/get-session?disableCookieCache=true', { cookie })
    expect((await session.json<{ user: { name: string } }>()).user.name).toBe(name)
  })
})

describe('addresses', () => {
  it.each([
    '/api/workspaces/x/activity?before=x',
    '/api/uploads/%00?workspace=x',
    '/api/links/%E0%A4%A',
    '/api/links/50%',
    '/media/ABC',
    `/media/${'0'.repeat(64)}/original`,
    '/api/auth/nothing',
    '/api/auth//sign-in/email'
  ])('%s is no reason to fail', async path => {
    const { cookie } = await signUp()
    const response = await request(path, { cookie })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(await errorCode(response)).toMatch(/./)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it.each(['DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('%s is no method of theirs', async method => {
    for (const path of [
      '/api/workspaces',
      '/api/health',
      '/api/auth/sign-in/email',
      '/webinars',
      '/icon.svg'
    ]) {
      const response = await request(path, { method })
      expect([401, 404, 405], path).toContain(response.status)
      expect(await errorCode(response), path).toMatch(/./)
    }
  })

  it('under another host’s name nothing answers', async () => {
    for (const path of ['/api/health', '/sync/x', '/webinars']) {
      const response = await request(path, { headers: { host: 'evil.example:8787' } })
      expect([response.status, await errorCode(response)], path).toEqual([421, 'other-host'])
    }
  })
})

it('personal data is not cached', async () => {
  const { cookie } = await signUp()
  const id = await adoptWorkspace(cookie)
  const paths = ['', `/${id}`, `/${id}/rooms`, `/${id}/webinars`, `/${id}/activity`, `/${id}/pins`]
  for (const path of [
    ...paths.map(path => `/api/workspaces${path}`),
    '/api/auth/get-session',
    '/api/health'
  ]) {
    const response = await request(path, { cookie })
    expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-store'])
  }
  const adopted = await request('/api/workspaces', {
    cookie,
    json: { id: nanoid(), name: 'Studio', linkKey: makeLinkKey() }
  })
  expect([adopted.status, adopted.headers.get('cache-control')]).toEqual([201, 'no-store'])
})
