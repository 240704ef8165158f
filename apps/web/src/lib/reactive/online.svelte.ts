import { on } from 'svelte/events'
import { External } from './external.svelte.ts'

/** Whether the browser reports a network connection. */
export const createOnline = (): { readonly current: boolean } =>
  new External(
    listener => {
      const cleanups = [on(window, 'online', listener), on(window, 'offline', listener)]
      return () => {
        for (const cleanup of cleanups) cleanup()
      }
    },
    () => navigator.onLine
  )
