import { setTimeout as sleep } from 'node:timers/promises'
import { CLOSE } from '../../packages/sync/src/protocol.ts'

const requestTimeoutMs = 10_000
const retryAfterMs = 2_000

export interface SmokeOptions {
  /** ms to retry: a new domain takes a while to get its certificate. */
  patienceMs?: number
}

/** Each throws an error that says what is wrong. */
const checks: Record<string, (origin: string) => Promise<void>> = {
  'the API and its database': async origin => {
    const response = await get(`${origin}/api/health`)
    assertEqual((await response.text()).trim(), '{"status":"ok"}')
  },
  Home: async origin => {
    assertType(await get(`${origin}/`), 'text/html')
  },
  'the service worker': async origin => {
    assertType(await get(`${origin}/service-worker.js`), 'javascript')
  },
  'a WebSocket without a session': async origin => {
    assertEqual(await closeCodeOf(`${origin.replace(/^http/, 'ws')}/sync/smoke-test`), CLOSE.signedOut)
  }
}

/**
 * Runs the checks against a deployed app, retrying failures for `patienceMs`.
 * @returns the failures, one line each
 */
export const smokeTest = async (
  origin: string,
  { patienceMs = 60_000 }: SmokeOptions = {}
): Promise<string[]> => {
  const deadline = Date.now() + patienceMs
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      for (;;) {
        const reason = await reasonOf(check(origin))
        if (reason === undefined) return []
        if (Date.now() + retryAfterMs > deadline) return [`${name}: ${reason}`]
        await sleep(retryAfterMs)
      }
    })
  )
  return results.flat()
}

const reasonOf = async (check: Promise<void>): Promise<string | undefined> => {
  try {
    await check
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const get = async (url: string): Promise<Response> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(requestTimeoutMs), redirect: 'manual' })
  if (response.status !== 200) throw new Error(`status ${response.status}`)
  return response
}

const assertEqual = (actual: string | number, expected: string | number) => {
  if (actual !== expected) throw new Error(`expected ${expected}, got ${actual}`)
}

const assertType = (response: Response, expected: string) => {
  const type = response.headers.get('content-type') ?? 'nothing'
  if (!type.includes(expected)) throw new Error(`expected ${expected}, got ${type}`)
}

/** The server's close code for a WebSocket; 1006 if it never opens. */
const closeCodeOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    const timer = setTimeout(() => {
      socket.close()
      reject(new Error('the connection stays open'))
    }, requestTimeoutMs)
    socket.addEventListener('close', ({ code }) => {
      clearTimeout(timer)
      resolve(code)
    })
  })
