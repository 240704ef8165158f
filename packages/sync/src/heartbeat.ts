const IDLE_MS = 20_000
const ANSWER_MS = 8_000

export interface Heartbeat {
  start(): void
  /** Something arrived: the other end lives. */
  heard(): void
  /** Asks now, without waiting for a silence. */
  probe(): void
  stop(): void
}

/**
 * Finds half-open sockets: after 20 s of silence it asks, and after 8 s without an answer the connection
 * is dead, though the browser may not know for minutes. The server answers "ping" without waking up.
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
