/** What the browser says of the room that the app takes on this device. */
export class StorageFacts {
  /** Bytes; null where the browser does not say. */
  room = $state.raw<{ used: number; quota: number } | null>(null)
  /** Whether the browser keeps the data when space is short; null where it does not say. */
  persisted = $state<boolean | null>(null)
  /** It was asked to, and did not agree. */
  refused = $state(false)
  known = $state(false)

  readonly #storage = navigator.storage as StorageManager | undefined // missing outside of secure contexts

  readonly read = async () => {
    try {
      const { usage, quota } = (await this.#storage?.estimate()) ?? {}
      this.room = usage === undefined || quota === undefined ? null : { used: usage, quota }
      this.persisted = (await this.#storage?.persisted()) ?? null
    } catch {
      this.room = null // a private window
    }
    this.known = true
  }

  /** Asks the browser to keep the data. */
  readonly keep = async () => {
    this.persisted = (await this.#storage?.persist().catch(() => false)) ?? false
    this.refused = !this.persisted
  }
}
