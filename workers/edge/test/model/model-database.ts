import type { Commit, UpdateStore } from '../../src/workspace/storage/update-store.ts'
import { createMemoryUpdateStore, MemoryDatabase } from '../memory-update-store.ts'
import type { RunRecord } from './record.ts'
import type { Random } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

type Access = Parameters<NonNullable<Parameters<typeof createMemoryUpdateStore>[2]>>[0]

/** Is the process that asks still there? Nothing is ever answered to one that was killed. */
export interface Asker {
  readonly alive: boolean
}

export interface ModelDatabaseOptions {
  time: VirtualTime
  random: Random
  record: RunRecord
}

/** The memory database, at a distance: slow at times, out of reach at times, and written about. */
export class ModelDatabase {
  readonly rows = new MemoryDatabase()
  readonly #options: ModelDatabaseOptions
  readonly #failing: Access[] = []
  #outUntil = 0
  #slowUntil = 0

  constructor(options: ModelDatabaseOptions) {
    this.#options = options
  }

  /** The next access of this kind fails; `committed`: the answer is lost, not the commit. */
  failNext(access: Access): void {
    this.#failing.push(access)
  }

  beOutOfReach(ms: number): void {
    this.#outUntil = this.#options.time.now + ms
  }

  beSlow(ms: number): void {
    this.#slowUntil = this.#options.time.now + ms
  }

  beWell(): void {
    this.#failing.length = 0
    this.#outUntil = 0
    this.#slowUntil = 0
  }

  get isOutOfReach(): boolean {
    return this.#options.time.now < this.#outUntil
  }

  /** What an engine gets. @param owner a name no other engine has */
  openStore(owner: string, asker: Asker): UpdateStore {
    let current: Commit | null = null
    const store = createMemoryUpdateStore(this.rows, owner, async access => {
      if (access === 'committed' && current !== null) this.#note(current)
      await this.#travel(access, asker)
    })
    return {
      ...store,
      commit: commit => {
        current = commit
        return store.commit(commit)
      }
    }
  }

  #note({ update, now, usage }: Commit): void {
    const { record, time } = this.#options
    if (update !== null) record.committed({ seq: this.rows.head, update, now })
    for (const [itemId, at] of usage) {
      if (at > time.now) record.fault(`a time of use of ${itemId} lies in the future`)
    }
  }

  async #travel(access: Access, asker: Asker): Promise<void> {
    const { time, random } = this.#options
    const isSlow = time.now < this.#slowUntil
    await time.sleep(isSlow ? random.between(500, 4_000) : random.between(1, 15))
    if (!asker.alive) await new Promise<never>(() => undefined)
    const failing = this.#failing.indexOf(access)
    if (failing >= 0) this.#failing.splice(failing, 1)
    if (failing >= 0 || this.isOutOfReach) throw new Error(`the database failed at: ${access}`)
  }
}
