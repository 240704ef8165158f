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
  /** Default, or if 0: a free port. */
  port?: number
  /** Default: the stack starts its own sqld in the data folder. */
  database?: ExternalDatabase
  /** The app's origin in browsers. Default: the Worker's own. */
  origin?: string
  /** Aborts the start. */
  signal?: AbortSignal
  /** Called when a part ends without being stopped or killed. The other parts keep running. */
  onFailure?: (reason: string) => void
}

/** A running stack. The `kill…` functions send SIGKILL and wait. Restarts keep the port. */
export interface Stack {
  /** The app's origin, e.g. http://localhost:8787 */
  url: string
  port: number
  database: ExternalDatabase
  dataDir: string
  /** Ends all processes in order. May be called more than once. */
  stop: () => Promise<void>
  killWorker: () => Promise<void>
  startWorker: () => Promise<void>
  killDatabase: () => Promise<void>
  startDatabase: () => Promise<void>
  /** For tests: sets an item's live count, as its meeting would. It expires after two minutes. */
  setLive: (workspaceId: string, itemId: string, people: number) => Promise<void>
}

/**
 * Starts the database, migrates it, starts the Worker, and resolves when the app answers.
 * @throws {StackError} the user can fix the cause; nothing keeps running
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

/**
 * Tracks the running parts. The data folder and the Worker's process know them too, so that either
 * can end them if this process is killed.
 */
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
    // The Worker first: it may still be writing to the database.
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

/** Polls until app and database are healthy. @param host the only host name the app answers */
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

/** Without fetch, which cannot send another Host than the URL's. */
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
