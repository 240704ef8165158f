import { startTestDatabase, type ExternalDatabase } from '@foyer/local-stack'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    database: ExternalDatabase
  }
}

/** One real sqld for all tests of the Worker: each test makes its own accounts and workspaces. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const { stop, ...database } = await startTestDatabase()
  provide('database', database)
  return stop
}
