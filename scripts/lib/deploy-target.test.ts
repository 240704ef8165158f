import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { domainFlags, placeholdersIn, readTarget, type DeployTarget } from './deploy-target.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'foyer-deploy-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const target = (vars: Partial<DeployTarget['vars']>): DeployTarget => ({
  name: 'foyer-edge-staging',
  vars: { APP_ORIGIN: 'https://foyer.example', DATABASE_URL: 'libsql://db.example', ...vars },
  secrets: { required: ['AUTH_SECRET'] }
})

const writeConfig = (vars: Record<string, string>) => {
  const file = path.join(folder, 'wrangler.jsonc')
  const secrets = { required: ['AUTH_SECRET'] }
  const production = { vars, secrets }
  writeFileSync(file, JSON.stringify({ name: 'foyer', main: 'index.ts', env: { production } }))
  return file
}

describe('readTarget', () => {
  it.each(['staging', 'production'] as const)('reads the environment %s of this repository', env => {
    expect(readTarget(env)).toMatchObject({
      name: `foyer-edge-${env}`,
      secrets: { required: ['AUTH_SECRET', 'DATABASE_AUTH_TOKEN'] }
    })
  })

  it('names each malformed setting, not its value', () => {
    const config = writeConfig({ APP_ORIGIN: 'https://foyer.example/app', DATABASE_URL: 'http://db.example' })
    expect(() => readTarget('production', config)).toThrow(
      /vars\.APP_ORIGIN: [^]*vars\.DATABASE_URL: DATABASE_URL must be a libsql:\/\/ or https:\/\/ address/
    )
    expect(() => readTarget('production', config)).not.toThrow(/example/)
  })

  it.each(['http://foyer.example', 'https://foyer.example/', 'foyer.example'])('refuses %s', origin => {
    const config = writeConfig({ APP_ORIGIN: origin, DATABASE_URL: 'libsql://db.example' })
    expect(() => readTarget('production', config)).toThrow('APP_ORIGIN must be https://<host name>')
  })
})

describe('placeholdersIn', () => {
  it('names what is not filled in', () => {
    expect(placeholdersIn(target({}))).toEqual([])
    expect(placeholdersIn(target({ DATABASE_URL: 'libsql://fill-in.invalid' }))).toEqual(['DATABASE_URL'])
  })
})

describe('domainFlags', () => {
  it('connects a domain, but not a workers.dev name', () => {
    expect(domainFlags(target({}))).toEqual(['--domain', 'foyer.example'])
    expect(domainFlags(target({ APP_ORIGIN: 'https://foyer-edge-staging.me.workers.dev' }))).toEqual([])
  })
})
