import { createContext } from 'svelte'
import { External } from './external.svelte.ts'

const EVERY_MS = 30_000

/** ms since 1970 */
export interface Now {
  readonly current: number
}

/** The time as far as the screen needs it: it goes on by itself while something shows it. */
export const createNow = (now: () => number): Now =>
  new External(listener => {
    const timer = setInterval(listener, EVERY_MS)
    return () => {
      clearInterval(timer)
    }
  }, now)

export const [getNow, setNow] = createContext<Now>()
