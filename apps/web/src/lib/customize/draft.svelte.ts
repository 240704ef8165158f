import { on } from 'svelte/events'

const THROTTLE_MS = 150

/**
 * A text while it is typed: writes the first change at once, the following ones throttled.
 * The last one is written on blur. Remote changes do not replace the text while typing.
 */
export class Draft {
  #typed = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #read: () => string
  readonly #write: (text: string) => boolean
  #written = true
  #taken = true

  /** @param write returns whether the text was accepted */
  constructor(read: () => string, write: (text: string) => boolean) {
    this.#read = read
    this.#write = write
  }

  get value(): string {
    return this.#typed ?? this.#read()
  }

  set value(text: string) {
    this.#typed = text
    this.#written = false
    if (this.#timer === undefined) this.#flush()
  }

  /** Writes at once, replacing what was typed. */
  choose(text: string) {
    this.value = text
    this.#leave()
  }

  /** Attachment for the field: writes on blur and when the page is hidden. */
  readonly field = (node: HTMLElement) => {
    const onHidden = () => {
      if (document.visibilityState === 'hidden') this.#flush()
    }
    // Svelte's `on`: blur can fire during a render, and this writes state.
    const ends = [
      on(node, 'blur', this.#leave),
      on(document, 'visibilitychange', onHidden),
      on(window, 'pagehide', this.#flush)
    ]
    return () => {
      for (const end of ends) end()
      queueMicrotask(this.#leave) // state cannot be written during teardown
    }
  }

  readonly #flush = () => {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#written || this.#typed === null) return
    this.#written = true
    this.#taken = this.#write(this.#typed)
    this.#timer = setTimeout(this.#flush, THROTTLE_MS)
  }

  readonly #leave = () => {
    this.#flush()
    if (this.#taken) this.#typed = null // else it stays in the field to be corrected
  }
}
