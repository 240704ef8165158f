import { createContext } from 'svelte'
import { External } from './external.svelte.ts'

const INTERVAL_MS = 30_000

/** ms since 1970 */
export interface Now {
  readonly current: number
}

/** The current time, updated while something shows it. */
export const createNow = (now: () => number): Now =>
  new External(listener => {
    const timer = setInterval(listener, INTERVAL_MS)
    return () => {
      clearInterval(timer)
    }
  }, now)

export const [getNow, setNow] = createContext<Now>()
