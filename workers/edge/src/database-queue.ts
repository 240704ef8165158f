/** A running request counts as abandoned after this, ms. */
const LEASE_MS = 30_000
/** A waiting request that has not polled for this long is skipped, ms. */
const ABANDONED_MS = 2_000
/** Polling interval, ms: shorter with fewer requests in front. */
const POLL_MS = { least: 2, each: 0.5, most: 200 }
const MAX_WAITING = 5_000
/** Longest wait, shorter than the patience of the callers, ms. */
const MAX_WAIT_MS = 12_000

/** The queue is full, or the wait was too long. */
export class DatabaseBusyError extends Error {
  override name = 'DatabaseBusyError'

  constructor() {
    super('too many requests wait for the database')
  }
}

/** Limits concurrent requests to the database, in order of arrival. */
export interface DatabaseQueue {
  /** Waits for a slot. @returns releases it @throws {DatabaseBusyError} */
  acquire(): Promise<() => void>
}

/**
 * sqld refuses more than 128 concurrent requests and slows down before that, so waiting here is
 * faster, and the timeout has not started. The runtime may stop a request at any `await` when its
 * client is gone, so each slot is a lease. One request cannot wake another, so each polls with its
 * own timer.
 */
export const createDatabaseQueue = (most: number, now: () => number = Date.now): DatabaseQueue => {
  const running = new Map<symbol, number>()
  /** When each polled last, ms since 1970; in order of arrival. */
  const waiting = new Map<symbol, number>()
  let tickets = 0
  let lastAdmitted = 0

  const free = (at: number) => {
    if (running.size < most) return most - running.size
    for (const [request, endsAt] of running) if (endsAt <= at) running.delete(request)
    return most - running.size
  }
  /** Whether a slot is free for this request. Scans no more requests than there are slots. */
  const isNext = (asking: symbol, at: number) => {
    const places = free(at)
    let before = 0
    for (const [request, seenAt] of waiting) {
      if (request === asking || before >= places) break
      if (at - seenAt <= ABANDONED_MS) before++
      else waiting.delete(request)
    }
    return before < places
  }

  return {
    async acquire() {
      const request = Symbol()
      if (waiting.size >= MAX_WAITING) throw new DatabaseBusyError()
      const ticket = ++tickets
      const cameAt = now()
      for (let at = cameAt; !isNext(request, at); at = now()) {
        if (at - cameAt > MAX_WAIT_MS) {
          waiting.delete(request)
          throw new DatabaseBusyError()
        }
        waiting.set(request, at)
        const { least, each, most } = POLL_MS
        const again = Math.min(most, least + each * Math.max(0, ticket - lastAdmitted))
        await new Promise(resolve => setTimeout(resolve, again))
      }
      waiting.delete(request)
      lastAdmitted = Math.max(lastAdmitted, ticket)
      running.set(request, now() + LEASE_MS)
      return () => {
        running.delete(request)
      }
    }
  }
}
