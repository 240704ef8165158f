import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readOrMakeDatabaseAccess } from './database-access.ts'
import { migrateDatabase } from './database.ts'
import { pickPort } from './ports.ts'
import type { ExternalDatabase } from './settings.ts'
import { startSqld } from './sqld.ts'

/** A database for one test run: empty, migrated, and deleted by `stop`. */
export interface TestDatabase extends ExternalDatabase {
  stop: () => Promise<void>
}

export async function startTestDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-database-'))
  const port = await pickPort()
  const url = `http://127.0.0.1:${port}`
  const { publicKey, authToken } = readOrMakeDatabaseAccess(dataDir)
  const events = { onProcesses: () => undefined, onUnexpectedEnd: console.error }
  const sqld = startSqld({ port, dataDir, publicKey, ...events })
  const stop = async () => {
    await sqld.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await sqld.ready
    await migrateDatabase({ url, authToken })
  } catch (error) {
    await stop()
    throw error
  }
  return { url, authToken, stop }
}
