import { on } from 'svelte/events'

/** Holds a press on what cannot answer yet, and makes it again when it can: no press is lost, or made twice. */
export class HeldPress {
  readonly #canAnswer: () => boolean
  #held: HTMLElement | null = null

  constructor(canAnswer: () => boolean) {
    this.#canAnswer = canAnswer
  }

  /** Attach to what holds the buttons and links. */
  readonly hold = (node: HTMLElement) =>
    on(
      node,
      'click',
      event => {
        if (this.#canAnswer()) return
        const target = event.target instanceof Element ? event.target.closest('a, button') : null
        // With a key held, the browser opens a link beside this page.
        if (!(target instanceof HTMLElement) || event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        event.stopPropagation()
        this.#held = target
      },
      { capture: true }
    )

  /** Only on what is still there: what was pressed may be gone by the truth. */
  release() {
    const held = this.#held
    this.#held = null
    if (held?.isConnected === true) held.click()
  }
}
