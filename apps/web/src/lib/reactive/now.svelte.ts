import { External } from './external.svelte.ts'

const EVERY_MS = 30_000

/** The time as far as the screen needs it: it goes on by itself while something shows it. */
export const createNow = (now: () => number): { readonly current: number } =>
  new External(listener => {
    const timer = setInterval(listener, EVERY_MS)
    return () => {
      clearInterval(timer)
    }
  }, now)
