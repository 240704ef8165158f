/** A request that is still here after so long was given up by whoever sent it, ms. */
const LEASE_MS = 30_000
/** A request that does not ask for its turn for so long is passed over, ms. */
const ABSENT_MS = 2_000
/** How often a request looks whether it is its turn when nobody has told it, ms. */
const LOOK_EVERY_MS = 100
const MOST_WAITING = 5_000
/** A database that is stuck: whoever waits hears of it before they give up themselves, ms. */
const MOST_WAIT_MS = 12_000

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
  enter(): Promise<() => void>
}

/**
 * sqld refuses more than 128 requests at once, and each takes longer the more there are: what waits here waits for
 * less time than it would there, and its timeout has not begun. A request whose client is gone is stopped
 * by the runtime at any `await` and says nothing any more, so that every turn is a lease.
 */
export const createDatabaseQueue = (most: number, now: () => number = Date.now): DatabaseQueue => {
  const running = new Map<symbol, number>()
  const waiting = new Map<symbol, { seenAt: number; wake: () => void }>()

  const isFull = () => {
    if (running.size < most) return false
    for (const [request, endsAt] of running) if (endsAt <= now()) running.delete(request)
    return running.size >= most
  }
  const first = () => {
    for (const [request, { seenAt }] of waiting) {
      if (now() - seenAt <= ABSENT_MS) return request
      waiting.delete(request)
    }
    return undefined
  }
  const wakeNext = () => {
    const next = first()
    if (next !== undefined) waiting.get(next)?.wake()
  }

  return {
    async enter() {
      const request = Symbol()
      if (waiting.size >= MOST_WAITING) throw new DatabaseBusyError()
      const cameAt = now()
      while (isFull() || (first() ?? request) !== request) {
        if (now() - cameAt > MOST_WAIT_MS) {
          waiting.delete(request)
          throw new DatabaseBusyError()
        }
        await new Promise<void>(wake => {
          waiting.set(request, { seenAt: now(), wake })
          setTimeout(wake, LOOK_EVERY_MS)
        })
      }
      waiting.delete(request)
      running.set(request, now() + LEASE_MS)
      if (!isFull()) wakeNext()
      return () => {
        running.delete(request)
        wakeNext()
      }
    }
  }
}
