/** Lifetime of a count that is not renewed, ms: a crashed meeting cannot clear its own. */
export const LIVE_FOR_MS = 2 * 60_000
const MAX_PEOPLE = 10_000
const KEY = 'live'

/** The part of a Durable Object's storage that is used here. */
export interface KeyValues {
  get(key: string): unknown
  put(key: string, value: unknown): void
}

interface Count {
  people: number
  /** ms since 1970 */
  endsAt: number
}

/** People in each item now, as reported by its meeting. Survives hibernation (S29). */
export class LiveCounts {
  readonly #storage: KeyValues
  readonly #now: () => number
  readonly #counts: Map<string, Count>

  constructor(storage: KeyValues, now = Date.now) {
    this.#storage = storage
    this.#now = now
    this.#counts = new Map(storage.get(KEY) as Map<string, Count> | undefined)
  }

  of(itemId: string): number {
    const count = this.#counts.get(itemId)
    return count !== undefined && count.endsAt > this.#now() ? count.people : 0
  }

  /** Items with a live count. */
  get itemIds(): string[] {
    return [...this.#counts.keys()].filter(itemId => this.of(itemId) > 0)
  }

  /** When the next count expires, ms since 1970; null without counts. */
  get nextEnd(): number | null {
    const ends = Array.from(this.#counts.values(), ({ endsAt }) => endsAt)
    return ends.length === 0 ? null : Math.min(...ends)
  }

  /** Sets or renews a count. @returns whether it changed */
  set(itemId: string, people: number): boolean {
    const before = this.#counts.get(itemId)?.people ?? 0
    const now = Math.trunc(Math.min(MAX_PEOPLE, Math.max(0, people))) || 0
    if (now > 0) this.#counts.set(itemId, { people: now, endsAt: this.#now() + LIVE_FOR_MS })
    else this.#counts.delete(itemId)
    if (now > 0 || before > 0) this.#save()
    return now !== before
  }

  /** Removes expired counts. @returns their items */
  expire(): string[] {
    return this.#drop(itemId => this.of(itemId) === 0)
  }

  /** Removes the counts of unknown items. */
  keepOnly(exists: (itemId: string) => boolean): void {
    this.#drop(itemId => !exists(itemId))
  }

  #drop(isGone: (itemId: string) => boolean): string[] {
    const gone = [...this.#counts.keys()].filter(isGone)
    for (const itemId of gone) this.#counts.delete(itemId)
    if (gone.length > 0) this.#save()
    return gone
  }

  #save(): void {
    this.#storage.put(KEY, this.#counts)
  }
}
