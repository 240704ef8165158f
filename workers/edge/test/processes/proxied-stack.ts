import { startStack, startTestDatabase, type ExternalDatabase, type Stack } from '@foyer/local-stack'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import { startDatabaseProxy, type DatabaseProxy } from './database-proxy.ts'
import type { Host } from './host.ts'
import { lacks, stateVectorOf, type ProcessDevice } from './process-device.ts'
import { expectEachChangeOnce, expectProjectionToEqual, readStoredDocument } from './stored-document.ts'

/** A stack whose database lies behind a proxy that a test can break. */
export interface ProxiedStack {
  stack: Stack
  proxy: DatabaseProxy
  /** Past the proxy. */
  database: ExternalDatabase
  stop(): Promise<void>
}

export const startProxiedStack = async (): Promise<ProxiedStack> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-proxied-'))
  const database = await startTestDatabase()
  const proxy = await startDatabaseProxy(database.url)
  const stack = await startStack({ dataDir, database: { ...database, url: proxy.url } })
  return {
    stack,
    proxy,
    database,
    async stop() {
      await stack.stop()
      await proxy.stop()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}

/**
 * All that was acknowledged is in the database, once; it is what the device shows, and what is
 * projected.
 */
export const expectAllStored = async (
  { doc, acknowledged, lost }: ProcessDevice,
  database: ExternalDatabase,
  { workspaceId }: Host
): Promise<void> => {
  expect(lost).toEqual([])
  const stored = await readStoredDocument(database, workspaceId)
  expect(lacks(stateVectorOf(stored), acknowledged)).toEqual([])
  expect(stored.getMap('rooms').toJSON()).toEqual(doc.getMap('rooms').toJSON())
  expect(stored.getMap('webinars').toJSON()).toEqual(doc.getMap('webinars').toJSON())
  await expectEachChangeOnce(database, workspaceId)
  await expectProjectionToEqual(stored, database, workspaceId)
}
