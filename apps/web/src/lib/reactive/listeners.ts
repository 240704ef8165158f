/** Who wants to hear of something, in the order of asking. */
export interface Listeners {
  /** @returns ends it */
  add(listener: () => void): () => void
  tell(): void
}

export const createListeners = (): Listeners => {
  const listeners = new Set<() => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell() {
      for (const listener of [...listeners]) listener()
    }
  }
}
