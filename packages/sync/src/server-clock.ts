/** The server's time, as estimated on this device. */
export interface ServerClock {
  /** ms since 1970 */
  now(): number
  /** Server's time minus this device's, ms; kept by the app over a restart. */
  readonly offset: number
  /** Sets the server's time, as just received. Half a round trip of error is acceptable. */
  correct(serverTime: number): void
}

export const createServerClock = (
  offset = 0,
  onChange: (offset: number) => void = () => undefined,
  deviceNow: () => number = Date.now
): ServerClock => ({
  now: () => deviceNow() + offset,
  get offset() {
    return offset
  },
  correct(serverTime) {
    offset = serverTime - deviceNow()
    onChange(offset)
  }
})
