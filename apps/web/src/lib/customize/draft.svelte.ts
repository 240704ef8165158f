import { on } from 'svelte/events'

const PAUSE_MS = 150

/**
 * A text while it is typed: its first change is written at once, those that follow every moment, and the last when
 * the field is left. What other devices write meanwhile does not change under the cursor.
 */
export class Draft {
  #typed = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #read: () => string
  readonly #write: (text: string) => boolean
  #written = true
  #taken = true

  /** @param write answers whether the text was taken */
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

  /** Writes at once, instead of what was typed. */
  choose(text: string) {
    this.value = text
    this.#leave()
  }

  /** Attach to the field: it is written when it is left, and before the page goes. */
  readonly field = (node: HTMLElement) => {
    const onHidden = () => {
      if (document.visibilityState === 'hidden') this.#flush()
    }
    // By Svelte's own `on`: the field can lose the focus in the midst of a change to the page, and this writes state.
    const ends = [
      on(node, 'blur', this.#leave),
      on(document, 'visibilitychange', onHidden),
      on(window, 'pagehide', this.#flush)
    ]
    return () => {
      for (const end of ends) end()
      queueMicrotask(this.#leave) // no state may be written while the page is taken down
    }
  }

  readonly #flush = () => {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#written || this.#typed === null) return
    this.#written = true
    this.#taken = this.#write(this.#typed)
    this.#timer = setTimeout(this.#flush, PAUSE_MS)
  }

  readonly #leave = () => {
    this.#flush()
    if (this.#taken) this.#typed = null // else it stays in the field, to be put right
  }
}
