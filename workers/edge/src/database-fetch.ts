import * as v from 'valibot'
import { createDatabaseQueue } from './database-queue.ts'

/** A database that does not answer for this long is treated as out of reach. */
const REQUEST_TIMEOUT_MS = 8_000

/** How often a request is sent that the database had no time for, and how long the first wait between is, ms. */
const MAX_TRIES = 7
const RETRY_AFTER_MS = 40

/**
 * How many requests the database gets from here at once. SQLite has one writer; sqld with more than a few of them
 * waiting answers that it is locked, or not at all. A workspace's commits wait for nobody's sign-in.
 */
const QUEUES = {
  people: { read: createDatabaseQueue(16), write: createDatabaseQueue(2) },
  workspaces: { read: createDatabaseQueue(24), write: createDatabaseQueue(3) }
}

/** On whose behalf the database is asked. */
export type Requester = keyof typeof QUEUES

/** A `fetch` for the database's client: bounded in time and number, and sent again where nothing was done. */
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
 * The client itself would wait for ever. Not with `AbortSignal.timeout`: its timer outlives the request, and keeps
 * a Durable Object awake until it has run out.
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

/** Only a single select is sent as anything but a write batch. */
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

/** Such answers are short. */
const MAX_ERROR_BYTES = 64 * 1024

/** Was nothing done, as others were before? A batch begins with BEGIN: where that failed, so did all of it. */
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
