import { startStack } from '@foyer/local-stack'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'

const PEOPLE = 24

it('S36: many who sign in at once wait for the database, and nobody waits for ever', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-sign-ins-'))
  const { url, stop } = await startStack({ dataDir })
  const ask = (person: number, path: string, json?: object, cookie = '') =>
    fetch(url + path, {
      method: json ? 'POST' : 'GET',
      headers: {
        origin: url,
        cookie,
        'content-type': 'application/json',
        'cf-connecting-ip': `10.0.0.${person}`
      },
      ...(json && { body: JSON.stringify(json) }),
      signal: AbortSignal.timeout(50_000)
    })
  const everybody = <T>(what: (person: number) => Promise<T>) =>
    Promise.all(Array.from({ length: PEOPLE }, (_, person) => what(person)))
  const account = (person: number) => ({
    email: `person-${person}@example.com`,
    password: 'correct horse battery'
  })
  try {
    for (const [path, more] of [
      ['/api/auth/sign-up/email', { name: 'Ada' }],
      ['/api/auth/sign-in/email', {}]
    ] as const) {
      const answers = await everybody(person => ask(person, path, { ...account(person), ...more }))
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      const cookies = answers.map(({ headers }) => headers.getSetCookie().join('; '))
      const afterwards = await everybody(person => ask(person, '/api/workspaces', undefined, cookies[person]))
      expect(afterwards.map(({ status }) => status)).toEqual(answers.map(() => 200))
    }
  } finally {
    await stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
