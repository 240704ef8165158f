import { readLocal, writeLocal } from './local-storage.ts'

const KEY = 'foyer-clock-offset'

/** How much the server's clock was ahead of this device's when it last told, ms. 0 where that is not known. */
export const readClockOffset = (): number => {
  const offset = readLocal(KEY, Number, 0)
  return Number.isFinite(offset) ? offset : 0
}

export const writeClockOffset = (offset: number): void => {
  // No warning: it is asked for again at the next connection.
  writeLocal(KEY, String(Math.round(offset)))
}
