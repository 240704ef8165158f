import { createClient } from '@libsql/client'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readOrMakeDatabaseAccess } from './database-access.ts'
import { startTestDatabase, type TestDatabase } from './test-database.ts'

describe('the key', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'foyer-access-'))
  })
  afterEach(() => {
    rmSync(dataDir, { recursive: true })
  })

  it('is made once, and like its token is readable by its owner only', () => {
    const access = readOrMakeDatabaseAccess(dataDir)
    expect(readOrMakeDatabaseAccess(dataDir)).toEqual(access)
    for (const file of ['database-key.pem', 'database-token']) {
      expect(statSync(path.join(dataDir, file)).mode & 0o777, file).toBe(0o600)
    }
  })
})

describe('sqld', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await startTestDatabase()
  })
  afterAll(() => database.stop())

  /** A "simple" request, which a page of another site can send without a CORS preflight. */
  const asPage = (route: string, headers: Record<string, string> = {}) =>
    fetch(database.url + route, {
      method: route === '/dump' ? 'GET' : 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'text/plain', ...headers },
      ...(route !== '/dump' && {
        body: JSON.stringify({
          requests: [{ type: 'execute', stmt: { sql: 'select token from sessions' } }],
          stmt: { sql: 'select token from sessions' },
          batch: { steps: [] },
          statements: ['select token from sessions']
        })
      })
    })

  it.each(['/', '/v1/execute', '/v1/batch', '/v2/pipeline', '/v3/pipeline', '/v3/cursor', '/dump'])(
    'answers no page at %s',
    async route => {
      const answer = await asPage(route)
      expect(answer.status).toBe(401)
      expect(await answer.text()).not.toContain('rows')
    }
  )

  it('refuses tokens that are unsigned or signed with another key', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'foyer-access-'))
    const { authToken } = readOrMakeDatabaseAccess(dataDir)
    rmSync(dataDir, { recursive: true })
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${authToken.split('.')[1] ?? ''}.`
    for (const token of [authToken, unsigned, ''])
      expect((await asPage('/v2/pipeline', { authorization: `Bearer ${token}` })).status).toBe(401)
  })

  it('opens no stream for a page’s WebSocket', async () => {
    const socket = new WebSocket(database.url.replace('http', 'ws'), ['hrana2'])
    const ended = new Promise<string>(resolve => {
      socket.addEventListener('message', ({ data }) => {
        resolve(String(data))
      })
      socket.addEventListener('close', () => {
        resolve('closed')
      })
      socket.addEventListener('open', () => {
        socket.send(JSON.stringify({ type: 'hello', jwt: null }))
      })
    })
    expect(await ended).not.toContain('hello_ok')
    socket.close()
  })

  it('answers a client with its token', async () => {
    const client = createClient(database)
    expect((await client.execute('select count(*) as n from sessions')).rows[0]?.['n']).toBe(0)
    client.close()
  })
})
