import { readLocal, writeLocal } from './local-storage.ts'

const KEY = 'foyer-clock-offset'

/** The server's clock minus this device's, in ms, as last measured; 0 if unknown. */
export const readClockOffset = (): number => {
  const offset = readLocal(KEY, Number, 0)
  return Number.isFinite(offset) ? offset : 0
}

export const writeClockOffset = (offset: number): void => {
  // No warning: the next connection measures it again.
  writeLocal(KEY, String(Math.round(offset)))
}
