import { startTestDatabase } from '@foyer/local-stack'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** One real sqld for all tests of the Worker: each test makes its own accounts and workspaces. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const database = await startTestDatabase()
  provide('databaseUrl', database.url)
  return database.stop
}
