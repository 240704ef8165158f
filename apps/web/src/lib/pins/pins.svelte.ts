import { createContext, untrack } from 'svelte'
import { on } from 'svelte/events'
import type { Pin } from '#lib/api/pins.ts'
import { mergePins, pinnedIds, togglePin, unsentPins, type PinRecord } from './pin-record.ts'
import { pinsKey, readPins, writePins } from './pin-store.ts'

/** The parts of the app that pins depend on. */
interface PinsHost {
  readonly currentId: string | undefined
  readonly record: { readonly id: string; readonly adopted: boolean } | null
  readonly clock: { now(): number }
}

/**
 * The person's pins in the current workspace. Changes apply at once and sync in the background;
 * errors are not shown.
 */
export class Pins {
  readonly #host: PinsHost
  readonly #workspaceId = $derived.by(() => this.#host.currentId)
  #record = $derived.by(() => (this.#workspaceId === undefined ? {} : readPins(this.#workspaceId)))
  readonly #ids = $derived.by(() => pinnedIds(this.#record))
  readonly #isShared = $derived.by(
    () => this.#host.record?.adopted === true && this.#host.record.id === this.#workspaceId
  )
  /** False if storage is forbidden or full: the pins are in memory only. */
  #isStored = true
  #syncing: Promise<void> | null = null
  #isStale = false

  constructor(host: PinsHost) {
    this.#host = host
  }

  isPinned(itemId: string): boolean {
    return this.#ids.has(itemId)
  }

  /** Moves pinned items to the front; keeps the order otherwise. */
  first<T extends { id: string }>(items: T[]): T[] {
    if (this.#ids.size === 0) return items
    const pinned = items.filter(({ id }) => this.#ids.has(id))
    return pinned.length === 0 ? items : [...pinned, ...items.filter(({ id }) => !this.#ids.has(id))]
  }

  toggle(itemId: string) {
    const id = this.#workspaceId
    if (id === undefined) return
    this.#store(id, record => togglePin(record, itemId, this.#host.clock.now()))
    void this.sync()
  }

  /** Syncs pins with the server and other tabs while the page is open. @returns stops syncing */
  follow(): () => void {
    if (this.#isShared) untrack(() => void this.sync())
    const cleanups = [
      on(window, 'online', () => void this.sync()),
      on(document, 'visibilitychange', () => {
        if (document.visibilityState === 'visible') void this.sync()
      }),
      on(window, 'storage', ({ key }) => {
        const id = this.#workspaceId
        if (id !== undefined && key === pinsKey(id)) this.#record = readPins(id)
      })
    ]
    return () => {
      for (const cleanup of cleanups) cleanup()
    }
  }

  /** Sends unsent pins, or fetches the server's. Never rejects. */
  sync(): Promise<void> {
    this.#isStale = true
    return (this.#syncing ??= this.#syncUntilFresh())
  }

  async #syncUntilFresh() {
    try {
      while (this.#isStale) {
        this.#isStale = false
        await this.#syncOnce()
      }
    } catch {
      // No network, session or permission: unsent pins are kept.
    } finally {
      this.#syncing = null
    }
  }

  async #syncOnce() {
    const id = this.#workspaceId
    if (id === undefined || !this.#isShared) return
    // Loaded on demand to keep Home's first load small.
    const { fetchPins, PINS_PER_REQUEST, putPins } = await import('#lib/api/pins.ts')
    const unsent = unsentPins(this.#record)
    if (unsent.length === 0) this.#merge(id, await fetchPins(id))
    for (let at = 0; at < unsent.length; at += PINS_PER_REQUEST) {
      const sent = unsent.slice(at, at + PINS_PER_REQUEST)
      this.#merge(id, await putPins(id, sent), sent)
    }
  }

  #merge(workspaceId: string, server: Pin[], sent?: Pin[]) {
    if (workspaceId === this.#workspaceId) {
      this.#store(workspaceId, record => mergePins(record, server, sent))
    }
  }

  /** Applies a change to the stored record, which another tab may have changed. */
  #store(workspaceId: string, change: (record: PinRecord) => PinRecord) {
    this.#record = change(this.#isStored ? readPins(workspaceId) : this.#record)
    this.#isStored = writePins(workspaceId, this.#record)
  }
}

export const [getPins, setPins] = createContext<Pins>()
