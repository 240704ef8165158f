import { makeLinkKey } from '@foyer/doc'
import { startStack, type ExternalDatabase, type Stack } from '@foyer/local-stack'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { whileRunning } from '../running.ts'

/** Where a device connects, and its session. */
export interface Workspace {
  id: string
  /** Changes after a restart. */
  readonly port: number
  cookie: string
}

/** The owner of the workspaces. */
export const ACCOUNT = { email: 'bench@example.com', password: 'correct horse battery staple' }

/** The real stack on an empty data folder, with one account. */
export interface BenchServer {
  /** The app's URL. */
  url: () => string
  database: () => ExternalDatabase
  createWorkspace: () => Promise<Workspace>
  /** Restarts everything on the same data. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/** Runs a scenario on its own server, which is always stopped. */
export const withServer = async <T>(run: (server: BenchServer) => Promise<T>): Promise<T> =>
  whileRunning(await startBenchServer(), run)

const startBenchServer = async (): Promise<BenchServer> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'foyer-bench-'))
  const onFailure = (reason: string) => {
    console.error(reason)
  }
  const start = () => startStack({ dataDir, onFailure })
  let stack = await start().catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  })
  let cookie: string | undefined
  return {
    url: () => stack.url,
    database: () => stack.database,
    async createWorkspace() {
      cookie ??= await signUp(stack)
      const id = randomBytes(16).toString('base64url').slice(0, 21)
      await post(stack, '/api/workspaces', { id, name: 'Bench', linkKey: makeLinkKey() }, cookie)
      return {
        id,
        cookie,
        get port() {
          return stack.port
        }
      }
    },
    async restart() {
      await stack.stop()
      stack = await start()
    },
    async stop() {
      await stack.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}

const signUp = async (stack: Stack): Promise<string> => {
  const response = await post(stack, '/api/auth/sign-up/email', { ...ACCOUNT, name: 'Bench' })
  const cookies = response.headers.getSetCookie()
  return cookies.map(line => line.split(';', 1)[0]).join('; ')
}

const post = async ({ url }: Stack, route: string, body: unknown, cookie = ''): Promise<Response> => {
  const response = await fetch(url + route, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json', cookie },
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${route} answers ${response.status}: ${await response.text()}`)
  return response
}
