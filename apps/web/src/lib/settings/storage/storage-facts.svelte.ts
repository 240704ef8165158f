/** The browser's storage estimate and persistence for this site. */
export class StorageFacts {
  /** Bytes; null if the browser does not report them. */
  estimate = $state.raw<{ used: number; quota: number } | null>(null)
  /** Whether storage is persistent; null if unknown. */
  persisted = $state<boolean | null>(null)
  /** The browser declined to make storage persistent. */
  refused = $state(false)
  known = $state(false)

  /** Missing in insecure contexts. */
  readonly #storage = navigator.storage as StorageManager | undefined

  readonly read = async () => {
    try {
      const { usage, quota } = (await this.#storage?.estimate()) ?? {}
      this.estimate = usage === undefined || quota === undefined ? null : { used: usage, quota }
      this.persisted = (await this.#storage?.persisted()) ?? null
    } catch {
      this.estimate = null // a private window
    }
    this.known = true
  }

  /** Requests persistent storage. */
  readonly keep = async () => {
    this.persisted = (await this.#storage?.persist().catch(() => false)) ?? false
    this.refused = !this.persisted
  }
}
