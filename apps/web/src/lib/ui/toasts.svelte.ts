const SHOWN_MS = 5_000

/** One short message at a time, for the eye and for screen readers ("Participant link copied"). */
export class Messages {
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
