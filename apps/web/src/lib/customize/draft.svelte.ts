import { on } from 'svelte/events'

const PAUSE_MS = 400

/**
 * A text while it is typed: written after a pause, and when the field is left. What other devices write meanwhile
 * does not change under the cursor.
 */
export class Draft {
  #typed = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #read: () => string
  readonly #write: (text: string) => boolean
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
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#flush, PAUSE_MS)
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
    // Svelte's own: a dialog that takes the focus must not come to depend on what is read here.
    const ends = [
      on(node, 'blur', this.#leave),
      on(document, 'visibilitychange', onHidden),
      on(window, 'pagehide', this.#flush)
    ]
    return () => {
      this.#leave()
      for (const end of ends) end()
    }
  }

  readonly #flush = () => {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#typed !== null) this.#taken = this.#write(this.#typed)
  }

  readonly #leave = () => {
    this.#flush()
    if (this.#taken) this.#typed = null // else it stays in the field, to be put right
  }
}
