import { createContext } from 'svelte'

const SHOWN_MS = 5_000

/** One short note at a time at the screen's foot, read aloud too ("Participant link copied"). */
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
