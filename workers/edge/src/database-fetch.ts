import * as v from 'valibot'
import { createDatabaseQueue } from './database-queue.ts'

/** After this the database counts as unreachable. */
const REQUEST_TIMEOUT_MS = 8_000

/** Attempts of a request while the database is busy, and the first backoff, ms. */
const MAX_TRIES = 7
const RETRY_AFTER_MS = 40

/**
 * Concurrent requests to the database. SQLite has one writer, and sqld answers "locked" or not at
 * all when more than a few are waiting. Commits of workspaces have queues of their own, so that
 * sign-ins do not delay them.
 */
const QUEUES = {
  people: { read: createDatabaseQueue(16), write: createDatabaseQueue(2) },
  workspaces: { read: createDatabaseQueue(24), write: createDatabaseQueue(3) }
}

/** Which queues a client uses. */
export type Requester = keyof typeof QUEUES

/**
 * A `fetch` for the database's client, with a timeout, a queue, and retries when nothing was
 * executed.
 */
export const fetchQueued =
  (requester: Requester) =>
  async (input: RequestInfo, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const { url, method, headers } = request
    const body = await request.text()
    const release = await QUEUES[requester][isRead(body) ? 'read' : 'write'].acquire()
    try {
      for (let tries = 1; ; tries++) {
        const { bytes, ...answer } = await fetchInTime(url, { method, headers, body })
        if (!wasBusy(answer.status, bytes) || tries === MAX_TRIES) return new Response(bytes, answer)
        const after = (0.5 + Math.random()) * RETRY_AFTER_MS * 2 ** (tries - 1)
        await new Promise(resolve => setTimeout(resolve, after))
      }
    } finally {
      release()
    }
  }

/**
 * The client itself has no timeout. `AbortSignal.timeout` does not do: its timer outlives the
 * request and keeps a Durable Object awake.
 */
const fetchInTime = async (url: string, init: RequestInit) => {
  const abort = new AbortController()
  const timer = setTimeout(() => {
    abort.abort(new DOMException('the database did not answer in time', 'TimeoutError'))
  }, REQUEST_TIMEOUT_MS)
  try {
    const answer = await fetch(url, { ...init, signal: abort.signal })
    return { status: answer.status, headers: answer.headers, bytes: await answer.arrayBuffer() }
  } finally {
    clearTimeout(timer)
  }
}

/** A single select; everything else is a write batch. */
const isRead = (body: string): boolean => /"sql":"\s*select/i.test(body) && !body.includes('BEGIN IMMEDIATE')

const step = v.nullish(v.object({ code: v.nullish(v.string()) }))
const answerOf = v.object({
  results: v.array(
    v.looseObject({
      error: step,
      response: v.optional(
        v.object({ result: v.optional(v.object({ step_errors: v.optional(v.array(step)) })) })
      )
    })
  )
})

/** Errors are short. */
const MAX_ERROR_BYTES = 64 * 1024

/**
 * Whether the database was busy and executed nothing. A batch starts with BEGIN: if that failed,
 * all of it did.
 */
const wasBusy = (status: number, bytes: ArrayBuffer): boolean => {
  if (status === 429) return true
  if (bytes.byteLength > MAX_ERROR_BYTES) return false
  const text = new TextDecoder().decode(bytes)
  if (!text.includes('SQLITE_BUSY')) return false
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), answerOf), text)
  return (
    success &&
    output.results.some(({ error, response }) =>
      [error, response?.result?.step_errors?.[0]].some(failed => failed?.code === 'SQLITE_BUSY')
    )
  )
}
