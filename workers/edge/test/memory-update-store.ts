import type { SetAside, Snapshot, StoredHistory, UpdateStore } from '../src/workspace/storage/update-store.ts'
import {
  LostOwnershipError,
  type ActivityEntry,
  type ProjectedChange,
  type WrongLinks
} from '../src/workspace/storage/update-store.ts'
import type { Item, ItemRef } from '@foyer/doc'

/** One workspace's rows, as the model tests need them: what survives when an engine is gone. */
export class MemoryDatabase {
  owner: string | null = null
  head = 0
  generation = 1
  readonly updates = new Map<number, Uint8Array>()
  readonly snapshots: Snapshot[] = []
  readonly clients = new Map<number, string>()
  readonly usage = new Map<string, number>()
  readonly items = new Map<string, Item>()
  readonly activity: ActivityEntry[] = []
  readonly setAside: SetAside[] = []
  /** Slug → the item that published it first, for good, and its highest epoch with it. */
  readonly links = new Map<string, { item: string; epoch: number }>()

  historyBefore(seq = Infinity): StoredHistory {
    const snapshot = this.snapshots.findLast(snapshot => snapshot.seq < seq) ?? null
    const tail = [...this.updates].filter(([at]) => at > (snapshot?.seq ?? 0)).sort(([a], [b]) => a - b)
    return { snapshot, updates: tail.map(([at, bytes]) => ({ seq: at, bytes })) }
  }

  project(changes: ProjectedChange[]): void {
    for (const { ref, item } of changes) {
      const name = nameOf(ref)
      if (item === undefined) {
        if (this.items.delete(name)) for (const [, link] of this.linksOf(name)) link.epoch++
        continue
      }
      this.items.set(name, item)
      const link = this.links.get(item.slug)
      if (link === undefined) this.links.set(item.slug, { item: name, epoch: item.epoch })
      else if (link.item === name) link.epoch = Math.max(link.epoch, item.epoch)
    }
  }

  linksOf(name: string) {
    return [...this.links].filter(([, { item }]) => item === name)
  }

  wrongLinks(): WrongLinks[] {
    return [...this.items.values()].flatMap(item => {
      const { kind, id, slug, epoch } = item
      const own = this.linksOf(nameOf(item))
      const isTaken = this.links.get(slug)?.item !== nameOf(item)
      const isOld = own.some(([past, link]) => link.epoch > epoch || (link.epoch === epoch && past !== slug))
      const highestEpoch = Math.max(0, ...own.map(([, link]) => link.epoch))
      return isTaken || isOld ? [{ kind, id, isTaken, highestEpoch }] : []
    })
  }
}

const nameOf = ({ kind, id }: ItemRef): string => `${kind}/${id}`

/** @param pause runs before each access: where a test lets the database wait or fail */
export const createMemoryUpdateStore = (
  database: MemoryDatabase,
  owner: string,
  pause: (what: 'load' | 'commit' | 'committed' | 'snapshot') => Promise<void> = () => Promise.resolve()
): UpdateStore => {
  const mustOwn = () => {
    if (database.owner !== owner) throw new LostOwnershipError()
  }
  return {
    async load() {
      await pause('load')
      database.owner = owner
      return {
        head: database.head,
        generation: database.generation,
        ...database.historyBefore(),
        clients: new Map(database.clients),
        usage: new Map(database.usage),
        wrongLinks: database.wrongLinks()
      }
    },
    async loadBefore(seq) {
      await pause('load')
      return database.historyBefore(seq)
    },
    async setAside(unusable) {
      await pause('load')
      mustOwn()
      database.setAside.push(...unusable)
      const isUnusable = ({ seq }: Snapshot) =>
        unusable.some(one => one.kind === 'snapshot' && one.seq === seq)
      const kept = database.snapshots.filter(snapshot => !isUnusable(snapshot))
      database.snapshots.splice(0, Infinity, ...kept)
    },
    async isCurrent() {
      await pause('load')
      return database.owner === owner
    },
    async commit({ head, update, projected, activity, newClients, usage }) {
      await pause('commit')
      mustOwn()
      if (database.head !== head) throw new LostOwnershipError()
      if (update !== null) database.updates.set(++database.head, update)
      database.project(projected)
      database.activity.push(...activity)
      for (const [client, userId] of newClients) database.clients.set(client, userId)
      for (const [id, at] of usage) database.usage.set(id, Math.max(at, database.usage.get(id) ?? 0))
      const committed = { head: database.head, wrongLinks: database.wrongLinks() }
      await pause('committed')
      return committed
    },
    async writeSnapshot(snapshot) {
      await pause('snapshot')
      mustOwn()
      database.snapshots.push(snapshot)
    },
    async verifySnapshot(seq) {
      await pause('snapshot')
      return database.snapshots.some(snapshot => snapshot.seq === seq)
    },
    async dropCovered(seq) {
      await pause('snapshot')
      mustOwn()
      const before = database.snapshots.filter(snapshot => snapshot.seq < seq).at(-1)?.seq ?? 0
      for (const old of database.updates.keys()) if (old <= before) database.updates.delete(old)
      database.snapshots.splice(
        0,
        database.snapshots.findIndex(snapshot => snapshot.seq >= before)
      )
    }
  }
}
