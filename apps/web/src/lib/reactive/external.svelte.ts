import { createSubscriber } from 'svelte/reactivity'

/** Makes a value that changes outside of Svelte (Yjs, a socket) reactive. */
export class External<T> {
  readonly #track: () => void
  readonly #read: () => T

  constructor(subscribe: (listener: () => void) => () => void, read: () => T) {
    this.#track = createSubscriber(update => subscribe(update))
    this.#read = read
  }

  get current(): T {
    this.#track()
    return this.#read()
  }
}
