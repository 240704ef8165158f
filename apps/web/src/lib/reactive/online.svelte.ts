import { on } from 'svelte/events'
import { External } from './external.svelte.ts'

/** Whether the browser believes that there is a network. */
export const createOnline = (): { readonly current: boolean } =>
  new External(
    listener => {
      const ends = [on(window, 'online', listener), on(window, 'offline', listener)]
      return () => {
        for (const end of ends) end()
      }
    },
    () => navigator.onLine
  )
