/** How long a count stands that nobody renews, ms: a meeting that has died tells nobody. */
export const LIVE_FOR_MS = 2 * 60_000
const MOST_PEOPLE = 10_000
const KEY = 'live'

/** A Durable Object's own storage, as far as it is needed here. */
export interface KeyValues {
  get(key: string): unknown
  put(key: string, value: unknown): void
}

interface Count {
  people: number
  /** ms since 1970 */
  endsAt: number
}

/** How many people are in each item now, by the word of its meeting; kept while the object sleeps (S29). */
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

  /** Items that somebody is in. */
  get itemIds(): string[] {
    return [...this.#counts.keys()].filter(itemId => this.of(itemId) > 0)
  }

  /** When the next count falls to 0 unless it is renewed, ms since 1970; null where nobody is anywhere. */
  get nextEnd(): number | null {
    const ends = Array.from(this.#counts.values(), ({ endsAt }) => endsAt)
    return ends.length === 0 ? null : Math.min(...ends)
  }

  /** Also renews what stands. @returns whether others have to hear of it */
  set(itemId: string, people: number): boolean {
    const before = this.#counts.get(itemId)?.people ?? 0
    const now = Math.trunc(Math.min(MOST_PEOPLE, Math.max(0, people))) || 0
    if (now > 0) this.#counts.set(itemId, { people: now, endsAt: this.#now() + LIVE_FOR_MS })
    else this.#counts.delete(itemId)
    if (now > 0 || before > 0) this.#save()
    return now !== before
  }

  /** Lets go what nobody has renewed. @returns of which items others have to hear */
  expire(): string[] {
    return this.#drop(itemId => this.of(itemId) === 0)
  }

  /** Lets go counts of items that there are not. */
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
