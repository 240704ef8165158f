import { createContext, untrack } from 'svelte'
import { on } from 'svelte/events'
import type { Pin } from '#lib/api/pins.ts'
import { mergePins, pinnedIds, togglePin, unsentPins, type PinRecord } from './pin-record.ts'
import { pinsKey, readPins, writePins } from './pin-store.ts'

/** What pins need to know of the workspace on the screen. */
interface PinsHost {
  readonly currentId: string | undefined
  readonly record: { readonly id: string; readonly adopted: boolean } | null
  readonly clock: { now(): number }
}

/**
 * What this person has pinned in the workspace on the screen. The device's own word counts at once; their
 * other devices learn of it through the server, now or later, and trouble with that is nobody's to read.
 */
export class Pins {
  readonly #host: PinsHost
  readonly #workspaceId = $derived.by(() => this.#host.currentId)
  #record = $derived.by(() => (this.#workspaceId === undefined ? {} : readPins(this.#workspaceId)))
  readonly #ids = $derived.by(() => pinnedIds(this.#record))
  readonly #isShared = $derived.by(
    () => this.#host.record?.adopted === true && this.#host.record.id === this.#workspaceId
  )
  /** False where storage is forbidden or full: then this tab's record is all that there is. */
  #isKept = true
  #talking: Promise<void> | null = null
  #hasNews = false

  constructor(host: PinsHost) {
    this.#host = host
  }

  isPinned(itemId: string): boolean {
    return this.#ids.has(itemId)
  }

  /** The pinned ones first, else in the order that they have. */
  first<T extends { id: string }>(items: T[]): T[] {
    if (this.#ids.size === 0) return items
    const pinned = items.filter(({ id }) => this.#ids.has(id))
    return pinned.length === 0 ? items : [...pinned, ...items.filter(({ id }) => !this.#ids.has(id))]
  }

  toggle(itemId: string) {
    const id = this.#workspaceId
    if (id === undefined) return
    this.#keep(id, record => togglePin(record, itemId, this.#host.clock.now()))
    void this.sync()
  }

  /** Keeps pins the same on all of the person's devices while the page is open. @returns ends it */
  follow(): () => void {
    if (this.#isShared) untrack(() => void this.sync())
    const ends = [
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
      for (const end of ends) end()
    }
  }

  /** Tells the server what it does not know, and hears what it does. Never fails: the next time is soon. */
  sync(): Promise<void> {
    this.#hasNews = true
    return (this.#talking ??= this.#talkWhileNews())
  }

  async #talkWhileNews() {
    try {
      while (this.#hasNews) {
        this.#hasNews = false
        await this.#talk()
      }
    } catch {
      // No network, no session, no right: what is unsent is kept.
    } finally {
      this.#talking = null
    }
  }

  async #talk() {
    const id = this.#workspaceId
    if (id === undefined || !this.#isShared) return
    // Home shows pins before it can talk of them: no part of its first load.
    const { fetchPins, PINS_PER_REQUEST, putPins } = await import('#lib/api/pins.ts')
    const unsent = unsentPins(this.#record)
    if (unsent.length === 0) this.#hear(id, await fetchPins(id))
    for (let at = 0; at < unsent.length; at += PINS_PER_REQUEST) {
      const sent = unsent.slice(at, at + PINS_PER_REQUEST)
      this.#hear(id, await putPins(id, sent), sent)
    }
  }

  #hear(workspaceId: string, server: Pin[], sent?: Pin[]) {
    if (workspaceId === this.#workspaceId) {
      this.#keep(workspaceId, record => mergePins(record, server, sent))
    }
  }

  /** Another tab may have written meanwhile: what is kept is changed, not what this tab last saw of it. */
  #keep(workspaceId: string, change: (record: PinRecord) => PinRecord) {
    this.#record = change(this.#isKept ? readPins(workspaceId) : this.#record)
    this.#isKept = writePins(workspaceId, this.#record)
  }
}

export const [getPins, setPins] = createContext<Pins>()
