import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readOrMakeAuthSecret } from './auth-secret.ts'
import { claimDataFolder, type DataFolderClaim } from './data-folder.ts'
import { readOrMakeDatabaseAccess } from './database-access.ts'
import { migrateDatabase } from './database.ts'
import { assertPortIsFree, pickPort } from './ports.ts'
import type { Service } from './service.ts'
import type { ExternalDatabase } from './settings.ts'
import { startSqld } from './sqld.ts'
import { StackError } from './stack-error.ts'
import { startWorker, type WorkerService } from './worker.ts'

const edgeDir = path.join(import.meta.dirname, '../../../workers/edge')
const healthTimeoutMs = 20_000

export interface StackOptions {
  /** Absolute. */
  dataDir: string
  /** 0 or none: a free one. */
  port?: number
  /** None: the stack starts its own sqld in the data folder. */
  database?: ExternalDatabase
  /** Where browsers reach the app, if that is not the Worker itself. */
  origin?: string
  /** Stops a start that is under way. */
  signal?: AbortSignal
  /** Called when a part ends without having been stopped or killed here; the other parts still run then. */
  onFailure?: (reason: string) => void
}

/** A running stack. The `kill…` functions send SIGKILL and wait; what is started again has the same port. */
export interface Stack {
  /** The app's origin, e.g. http://localhost:8787 */
  url: string
  port: number
  database: ExternalDatabase
  dataDir: string
  /** Ends all processes, in order; may be called more than once. */
  stop: () => Promise<void>
  killWorker: () => Promise<void>
  startWorker: () => Promise<void>
  killDatabase: () => Promise<void>
  startDatabase: () => Promise<void>
  /** For tests: so many people are in an item now, as its meeting would say. It holds for two minutes. */
  setLive: (workspaceId: string, itemId: string, people: number) => Promise<void>
}

/**
 * Starts the database, brings it up to date, starts the Worker, and resolves when the app answers.
 * Throws a StackError where the person can do something about it; nothing keeps running then.
 *
 * @example
 * const stack = await startStack({ dataDir: await mkdtemp(path.join(tmpdir(), 'foyer-')) })
 * await fetch(`${stack.url}/api/health`)
 * await stack.stop()
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, signal } = options
  signal?.throwIfAborted()
  const port = options.port || (await pickPort())
  await assertPortIsFree(port)
  const claim = await claimDataFolder(dataDir)
  const own = options.database ? undefined : { port: await pickPort(), ...readOrMakeDatabaseAccess(dataDir) }
  const database = options.database ?? {
    url: `http://127.0.0.1:${own?.port}`,
    authToken: own?.authToken ?? ''
  }
  const url = `http://localhost:${port}`

  const parts = createParts(claim)
  const events = {
    onProcesses: parts.note,
    onUnexpectedEnd: (reason: string) => options.onFailure?.(reason)
  }

  async function startDatabase(): Promise<void> {
    if (own === undefined) throw new Error('This stack does not run the database')
    const { port, publicKey } = own
    await parts.setDatabase(startSqld({ port, publicKey, dataDir, ...events })).ready
  }

  async function startWorkerWhen(databaseReady: Promise<void>): Promise<void> {
    const runOptions = databaseReady.then(() => ({
      port,
      configFile: path.join(edgeDir, 'wrangler.jsonc'),
      scriptFile: path.join(edgeDir, 'dist/index.js'),
      persistDir: path.join(dataDir, 'worker'),
      bindings: {
        APP_ORIGIN: options.origin ?? url,
        DATABASE_URL: database.url,
        DATABASE_AUTH_TOKEN: database.authToken,
        AUTH_SECRET: readOrMakeAuthSecret(dataDir)
      }
    }))
    await parts.setWorker(startWorker({ runOptions, ...events })).ready
  }

  const onAbort = () => void parts.stop()
  signal?.addEventListener('abort', onAbort)
  try {
    const databaseReady = (async () => {
      if (own !== undefined) await startDatabase()
      await migrateDatabase(database)
    })()
    await startWorkerWhen(databaseReady)
    await waitForHealth(url, new URL(options.origin ?? url).host)
    signal?.throwIfAborted()
  } catch (error) {
    await parts.stop()
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }

  return {
    url,
    port,
    database,
    dataDir,
    stop: parts.stop,
    killWorker: parts.killWorker,
    startWorker: () => startWorkerWhen(Promise.resolve()),
    killDatabase: parts.killDatabase,
    startDatabase,
    setLive: parts.setLive
  }
}

/** Keeps which parts run now, in the data folder and in the Worker's process too: both end them if this one is killed. */
function createParts(claim: DataFolderClaim) {
  let database: Service | undefined
  let worker: WorkerService | undefined
  let stopped: Promise<void> | undefined

  const note = () => {
    if (stopped) return
    claim.noteChildren([...(worker?.processes() ?? []), ...(database?.processes() ?? [])])
    worker?.guard(database?.processes() ?? [])
  }
  async function stopAll() {
    // The Worker first: it may still be writing.
    await worker?.stop()
    await database?.stop()
    claim.release()
  }
  return {
    note,
    setDatabase: (service: Service) => {
      database = service
      note()
      return service
    },
    setWorker: (service: WorkerService) => {
      worker = service
      note()
      return service
    },
    killDatabase: async () => database?.kill(),
    killWorker: async () => worker?.kill(),
    setLive: async (workspaceId: string, itemId: string, people: number) =>
      worker?.setLive({ workspaceId, itemId, people }),
    stop: () => (stopped ??= stopAll())
  }
}

/** Asks until the app says that it and its database are well. @param host the app answers to its own name only */
async function waitForHealth(url: string, host: string): Promise<void> {
  const deadline = Date.now() + healthTimeoutMs
  for (;;) {
    const status = await healthStatus(`${url}/api/health`, host)
    if (status === 200) return
    if (Date.now() > deadline)
      throw new StackError(`The app does not get well: /api/health answers ${status}`)
    await sleep(50)
  }
}

/** Not by fetch, which sends no other host name than the address's. */
async function healthStatus(url: string, host: string): Promise<number | string> {
  try {
    const asked = get(url, { headers: { host }, signal: AbortSignal.timeout(5_000) })
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    response.resume()
    return response.statusCode ?? 'nothing'
  } catch (error) {
    return error instanceof Error ? error.message : 'nothing'
  }
}
