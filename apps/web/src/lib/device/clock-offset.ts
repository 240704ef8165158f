const KEY = 'foyer-clock-offset'

/** How much the server's clock was ahead of this device's when it last told, ms. 0 where that is not known. */
export const readClockOffset = (): number => {
  try {
    const offset = Number(localStorage.getItem(KEY))
    return Number.isFinite(offset) ? offset : 0
  } catch {
    return 0 // storage is switched off
  }
}

export const writeClockOffset = (offset: number): void => {
  try {
    localStorage.setItem(KEY, String(Math.round(offset)))
  } catch {
    // It is asked for again at the next connection.
  }
}
