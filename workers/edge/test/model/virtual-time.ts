/** A call that is to be made at its time. */
export interface Timer {
  at: number
  run: () => void
}

/**
 * Time that passes only when a test lets it: no run waits, and none depends on the machine's speed.
 */
export class VirtualTime {
  now: number
  #timers: Timer[] = []

  /** @param now ms since 1970 */
  constructor(now: number) {
    this.now = now
  }

  after(ms: number, run: () => void): Timer {
    const timer = { at: this.now + Math.max(0, Math.round(ms)), run }
    let index = this.#timers.length
    while (index > 0 && (this.#timers[index - 1]?.at ?? 0) > timer.at) index--
    this.#timers.splice(index, 0, timer)
    return timer
  }

  cancel(timer: Timer): void {
    const index = this.#timers.indexOf(timer)
    if (index >= 0) this.#timers.splice(index, 1)
  }

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => this.after(ms, resolve))
  }

  /**
   * Makes every call that falls due within the next `ms`, each after all that the one before it led
   * to.
   */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms
    await settle()
    for (let next = this.#timers[0]; next !== undefined && next.at <= until; next = this.#timers[0]) {
      this.#timers.shift()
      this.now = Math.max(this.now, next.at)
      next.run()
      await settle()
    }
    this.now = until
  }

  clear(): void {
    this.#timers = []
  }
}

/** Until every promise that can settle has: nothing in a run waits for the world outside. */
const settle = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve)
  })
