import { createClient } from '@libsql/client'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRunning, markProcess, type ProcessMark } from './processes.ts'
import { startStack, type Stack } from './stack.ts'

const folders = mkdtempSync(path.join(tmpdir(), 'foyer-stack-'))
const makeFolder = () => mkdtempSync(path.join(folders, 'data-'))
afterAll(() => {
  rmSync(folders, { recursive: true })
})
const childrenOf = (dataDir: string) =>
  (JSON.parse(readFileSync(path.join(dataDir, 'stack.json'), 'utf8')) as { children: ProcessMark[] }).children

it('starts behind a reverse proxy, and answers only to its host name', { timeout: 60_000 }, async () => {
  const stack = await startStack({ dataDir: makeFolder(), origin: 'https://foyer.example' })
  try {
    // The start itself has already used the origin's host name.
    expect((await fetch(`${stack.url}/api/health`)).status).toBe(421)
  } finally {
    await stack.stop()
  }
})

describe('a running stack', { timeout: 60_000 }, () => {
  const dataDir = makeFolder()
  const failures: string[] = []
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack({ dataDir, onFailure: reason => failures.push(reason) })
  }, 60_000)
  afterAll(async () => {
    await stack.stop()
  })
  const health = async (origin: string) => (await fetch(`${origin}/api/health`)).status
  const query = async (sql: string) => {
    const client = createClient(stack.database)
    try {
      return (await client.execute(sql)).rows
    } finally {
      client.close()
    }
  }

  it('answers on both names of loopback', async () => {
    expect(await health(stack.url)).toBe(200)
    expect(await health(`http://127.0.0.1:${stack.port}`)).toBe(200)
  })

  it('serves the app itself', async () => {
    const response = await fetch(`${stack.url}/webinars`)
    expect(response.headers.get('content-type')).toContain('text/html')
  })

  it.each([
    '/_app/immutable/chunks/gone.js',
    '/robots.txt',
    '/missing.png',
    '/missing.png?v=1',
    '/_headers',
    '/api/nothing',
    '/media/nothing'
  ])('has nothing at %s, not even for somebody who opens it', async path => {
    const response = await fetch(stack.url + path, { headers: { accept: 'text/html,*/*;q=0.8' } })
    expect([response.status, response.headers.get('cache-control')]).toEqual([
      path === '/media/nothing' ? 400 : 404,
      'no-store'
    ])
    expect(await response.json()).toMatchObject({ error: { code: expect.any(String) as string } })
  })

  it.each(['/', '/settings', '/nowhere', '/r/50%', '/r/%E0%A4%A', '/r/weekly.png', '//evil.example/x'])(
    'answers %s with the app, with its headers',
    async path => {
      for (const method of ['GET', 'HEAD']) {
        const response = await fetch(stack.url + path, { method, redirect: 'manual' })
        expect([method, response.status]).toEqual([method, 200])
        expect(response.headers.get('content-type')).toContain('text/html')
        expect(response.headers.get('x-frame-options')).toBe('DENY')
        expect(response.headers.get('cache-control')).not.toContain('immutable')
        await response.body?.cancel()
      }
    }
  )

  it('caches hashed files as immutable, and answers a POST to a page with 405', async () => {
    const page = await (await fetch(stack.url)).text()
    const [script = ''] = /\/_app\/immutable\/[\w/.-]+\.js/.exec(page) ?? []
    const there = await fetch(stack.url + script)
    expect([there.status, there.headers.get('cache-control')]).toEqual([
      200,
      expect.stringContaining('immutable')
    ])
    const changed = await fetch(`${stack.url}/settings`, { method: 'POST', headers: { origin: stack.url } })
    expect([changed.status, changed.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  it('recovers after the Worker was killed', async () => {
    await stack.killWorker()
    await expect(health(stack.url)).rejects.toThrow()
    await stack.startWorker()
    expect(await health(stack.url)).toBe(200)
  })

  it('keeps acknowledged writes when the database is killed', async () => {
    await query('create table kept (value integer)')
    await query('insert into kept values (1)')
    await stack.killDatabase()
    await expect(query('select value from kept')).rejects.toThrow()
    await stack.startDatabase()
    expect((await query('select value from kept'))[0]?.['value']).toBe(1)
    expect(await health(stack.url)).toBe(200)
  })

  it('reports no failure for parts killed on purpose', () => {
    expect(failures).toEqual([])
  })

  it('reports a part that ends on its own', async () => {
    const [, runtime] = childrenOf(dataDir)
    process.kill(runtime!.pid, 'SIGKILL')
    await expect.poll(() => failures).toEqual([expect.stringContaining('workerd ended (SIGKILL)')])
    await stack.startWorker()
  })

  it('locks its data folder', async () => {
    await expect(startStack({ dataDir })).rejects.toThrow(`is in use by process ${process.pid}`)
  })

  it('leaves no process behind', async () => {
    const children = childrenOf(dataDir)
    expect(children).toHaveLength(3)
    await stack.stop()
    expect(children.filter(isRunning)).toEqual([])
    expect(existsSync(path.join(dataDir, 'stack.json'))).toBe(false)
  })
})

describe('a start that cannot work', () => {
  it('names the port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await expect(startStack({ dataDir: makeFolder(), port })).rejects.toThrow(`Port ${port} is in use`)
    server.close()
  })

  it('names the folder that cannot be used', async () => {
    const dataDir = '/dev/null/foyer'
    await expect(startStack({ dataDir })).rejects.toThrow(
      `The data folder ${dataDir} cannot be used: ENOTDIR`
    )
  })

  it('names the database that cannot be reached, but not its token', async () => {
    const database = { url: 'http://127.0.0.1:1', authToken: 'hidden' }
    const start = startStack({ dataDir: makeFolder(), database })
    await expect(start).rejects.toThrow(
      /^The database at http:\/\/127\.0\.0\.1:1 cannot be used: (?!.*hidden)/
    )
  })
})

it('first ends the processes of a killed stack', { timeout: 60_000 }, async () => {
  const dataDir = makeFolder()
  const orphan = spawn('sleep', ['1000'], { detached: true })
  await once(orphan, 'spawn')
  const mark = markProcess(orphan.pid!)!
  const claim = { owner: { pid: process.pid, began: 'long ago' }, children: [mark] }
  writeFileSync(path.join(dataDir, 'stack.json'), JSON.stringify(claim))
  const stack = await startStack({ dataDir })
  expect(isRunning(mark)).toBe(false)
  await stack.stop()
})
