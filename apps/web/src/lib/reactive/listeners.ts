/** A set of listeners, notified in the order they were added. */
export interface Listeners {
  /** @returns removes the listener */
  add(listener: () => void): () => void
  notify(): void
}

export const createListeners = (): Listeners => {
  const listeners = new Set<() => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    notify() {
      for (const listener of [...listeners]) listener()
    }
  }
}
