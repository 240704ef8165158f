/** A request that is still here after so long was given up by whoever sent it, ms. */
const LEASE_MS = 30_000
/** A request that does not ask for its turn for so long is passed over, ms. */
const ABANDONED_MS = 2_000
/** How soon a request looks whether it is its turn, ms: the sooner the fewer are before it. */
const POLL_MS = { least: 2, each: 0.5, most: 200 }
const MAX_WAITING = 5_000
/** A database that is stuck: whoever waits hears of it before they give up themselves, ms. */
const MAX_WAIT_MS = 12_000

/** Too many requests wait for the database already. */
export class DatabaseBusyError extends Error {
  override name = 'DatabaseBusyError'

  constructor() {
    super('too many requests wait for the database')
  }
}

/** Lets so many requests to the database at a time, in the order in which they came. */
export interface DatabaseQueue {
  /** Waits for its turn. @returns what ends it @throws {DatabaseBusyError} */
  acquire(): Promise<() => void>
}

/**
 * sqld refuses more than 128 requests at once, and each takes longer the more there are: what waits here waits for
 * less time than it would there, and its timeout has not begun. A request whose client is gone is stopped
 * by the runtime at any `await` and says nothing any more, so that every turn is a lease. And one request cannot wake
 * another: each looks for itself, by a timer of its own.
 */
export const createDatabaseQueue = (most: number, now: () => number = Date.now): DatabaseQueue => {
  const running = new Map<symbol, number>()
  /** When each was seen last, ms since 1970; in the order in which they came. */
  const waiting = new Map<symbol, number>()
  let tickets = 0
  let lastAdmitted = 0

  const free = (at: number) => {
    if (running.size < most) return most - running.size
    for (const [request, endsAt] of running) if (endsAt <= at) running.delete(request)
    return most - running.size
  }
  /** Are fewer before a request than may go in? Looks at no more of them than that. */
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
