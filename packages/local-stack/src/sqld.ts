import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { superviseChild, type Service, type ServiceEvents } from './service.ts'
import { findSqldBinary } from './sqld-binary.ts'

const startTimeoutMs = 30_000

export interface SqldOptions extends ServiceEvents {
  port: number
  dataDir: string
  /** PEM. Requests without a token signed by this key are refused. */
  publicKey: string
}

/**
 * Starts sqld on loopback, without its admin, gRPC and console listeners. It runs SQLite in WAL
 * mode with synchronous=NORMAL: acknowledged writes have reached the operating system, so they
 * survive a SIGKILL.
 */
export function startSqld({ port, dataDir, publicKey, ...events }: SqldOptions): Service {
  const address = `127.0.0.1:${port}`
  const options = ['--db-path', path.join(dataDir, 'sqld'), '--http-listen-addr', address]
  const child = spawn(findSqldBinary(), [...options, '--no-welcome', '--disable-metrics'], {
    env: { RUST_LOG: 'error', SQLD_AUTH_JWT_KEY: publicKey },
    // In its own session: on Ctrl-C the stack stops it, after the Worker.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe']
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-1_000)))
  return superviseChild({
    name: 'sqld',
    child,
    lastWords: () => stderr,
    waitUntilReady: ended => waitForHealth(`http://${address}/health`, ended),
    ...events
  })
}

async function waitForHealth(url: string, ended: AbortSignal): Promise<void> {
  const deadline = Date.now() + startTimeoutMs
  while (!(await isHealthy(url))) {
    ended.throwIfAborted()
    if (Date.now() > deadline) throw new Error(`sqld does not answer at ${url}`)
    await sleep(10)
  }
  ended.throwIfAborted()
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}
