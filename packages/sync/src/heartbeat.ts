const IDLE_MS = 20_000
const ANSWER_MS = 8_000

export interface Heartbeat {
  start(): void
  /** Any data shows that the connection is alive. */
  heard(): void
  /** Pings now. */
  probe(): void
  stop(): void
}

/**
 * Detects half-open sockets, which a browser may not notice for minutes: pings after 20 s of
 * silence, and gives up after 8 s without an answer. The server answers "ping" without waking up.
 */
export const createHeartbeat = ({ ping, dead }: { ping: () => void; dead: () => void }): Heartbeat => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = false

  const ask = () => {
    if (asking) return
    asking = true
    clearTimeout(timer)
    timer = setTimeout(dead, ANSWER_MS)
    ping()
  }
  const wait = () => {
    asking = false
    clearTimeout(timer)
    timer = setTimeout(ask, IDLE_MS)
  }
  return {
    start: wait,
    heard: wait,
    probe: ask,
    stop() {
      clearTimeout(timer)
    }
  }
}
