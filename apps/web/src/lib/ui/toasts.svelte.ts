import { createContext } from 'svelte'

const SHOWN_MS = 5_000

/** Shows one toast at a time ("Participant link copied"), announced by screen readers. */
export class Toasts {
  current = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined

  say(text: string) {
    clearTimeout(this.#timer)
    this.current = text
    this.#timer = setTimeout(() => {
      this.current = ''
    }, SHOWN_MS)
  }
}

export const [getToasts, setToasts] = createContext<Toasts>()
