import { on } from 'svelte/events'

/** Intercepts a click while the app is not ready and replays it once it is. */
export class DeferredClick {
  readonly #isReady: () => boolean
  #target: HTMLElement | null = null

  constructor(isReady: () => boolean) {
    this.#isReady = isReady
  }

  /** Attachment for the element that contains the buttons and links. */
  readonly intercept = (node: HTMLElement) =>
    on(
      node,
      'click',
      event => {
        if (this.#isReady()) return
        const target = event.target instanceof Element ? event.target.closest('a, button') : null
        // With a modifier key, the browser opens the link in another tab or window.
        if (!(target instanceof HTMLElement) || event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        event.stopPropagation()
        this.#target = target
      },
      { capture: true }
    )

  /** Replays the click, unless its target was removed meanwhile. */
  replay() {
    const target = this.#target
    this.#target = null
    if (target?.isConnected === true) target.click()
  }
}
