import { describe, expect, it } from 'vitest'
import { commandReads, declared, documented, workerReads } from './worker-settings.ts'

describe('docs/operations.md', () => {
  const { names, secrets } = documented('What the Worker reads')

  it('lists exactly what the Worker reads', () => {
    expect(names).toEqual(workerReads())
    // Guards against both sides being empty.
    expect(names).toContain('WORKSPACE_OBJECT')
  })

  it('lists exactly what the commands read', () => {
    expect(documented('What the commands read').names).toEqual(commandReads())
    expect(commandReads()).toContain('DATABASE_URL')
  })

  it.each([undefined, 'staging', 'production'] as const)(
    'is what wrangler.jsonc declares in the environment %s',
    environment => {
      const inConfig = declared(environment)
      expect(inConfig.bindings).toEqual(names.filter(name => !secrets.includes(name)))
      // The top level is for local development, where the local stack makes the secrets.
      expect(inConfig.secrets).toEqual(environment === undefined ? [] : secrets)
    }
  )
})
