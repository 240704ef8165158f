import { describe, expect, it } from 'vitest'
import { commandReads, declared, documented, workerReads } from './worker-settings.ts'

describe('docs/operations.md', () => {
  const { names, secrets } = documented('What the Worker reads')

  it('has all that the Worker reads, and nothing else', () => {
    expect(names).toEqual(workerReads())
    // Neither side may be empty because nothing was found.
    expect(names).toContain('WORKSPACE_OBJECT')
  })

  it('has all that the commands read, and nothing else', () => {
    expect(documented('What the commands read').names).toEqual(commandReads())
    expect(commandReads()).toContain('DATABASE_URL')
  })

  it.each([undefined, 'staging', 'production'] as const)(
    'is what wrangler.jsonc declares in the environment %s',
    environment => {
      const inConfig = declared(environment)
      expect(inConfig.bindings).toEqual(names.filter(name => !secrets.includes(name)))
      // The top level is for local development, whose secrets the local stack makes.
      expect(inConfig.secrets).toEqual(environment === undefined ? [] : secrets)
    }
  )
})
