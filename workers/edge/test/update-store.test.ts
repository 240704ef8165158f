import { docSnapshots, docUpdates, workspaceDocs } from '@foyer/db'
import { createRoom, readItem } from '@foyer/doc'
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createDatabase } from '../src/database.ts'
import { createLibsqlUpdateStore } from '../src/workspace/storage/libsql-update-store.ts'
import {
  LostOwnershipError,
  UnknownWorkspaceError,
  type ProjectedChange,
  type UpdateStore
} from '../src/workspace/storage/update-store.ts'
import { parseSettings } from '../src/settings.ts'
import { adoptWorkspace, signUp } from './account.ts'
import { commitOf } from './commit-of.ts'
import { createMemoryUpdateStore, MemoryDatabase } from './memory-update-store.ts'

const bytes = (...values: number[]) => new Uint8Array(values)
const stored = (seq: number, ...values: number[]) => ({ seq, bytes: bytes(...values) })
const database = () => createDatabase(parseSettings(env))

/** Makes stores of one new workspace, one per engine. */
type Workspace = (owner: string) => UpdateStore
const workspaces: Record<string, () => Promise<Workspace>> = {
  memory: () => {
    const rows = new MemoryDatabase()
    return Promise.resolve(owner => createMemoryUpdateStore(rows, owner))
  },
  libSQL: async () => {
    const workspaceId = await adoptWorkspace((await signUp()).cookie)
    return owner => createLibsqlUpdateStore({ database: database(), workspaceId, owner })
  }
}

describe.each(Object.entries(workspaces))('an update store in %s', (_name, newWorkspace) => {
  it('starts empty and returns commits in order', async () => {
    const workspace = await newWorkspace()
    const store = workspace('one')
    expect(await store.load(1)).toMatchObject({ head: 0, generation: 1, snapshot: null, updates: [] })
    expect(await store.commit(commitOf(0, bytes(1)))).toMatchObject({ head: 1 })
    const second = commitOf(1, bytes(2), {
      newClients: new Map([[7, 'ada']]),
      usage: new Map([['room', 500]])
    })
    expect(await store.commit(second)).toMatchObject({ head: 2 })
    const loaded = await workspace('two').load(1)
    expect(loaded).toMatchObject({ head: 2, updates: [stored(1, 1), stored(2, 2)] })
    expect([...loaded.clients]).toEqual([[7, 'ada']])
    expect([...loaded.usage]).toEqual([['room', 500]])
  })

  it('only raises usage, without a commit number', async () => {
    const workspace = await newWorkspace()
    const store = workspace('one')
    await store.load(1)
    expect(await store.commit(commitOf(0, null, { usage: new Map([['room', 500]]) }))).toMatchObject({
      head: 0
    })
    expect(await store.commit(commitOf(0, null, { usage: new Map([['room', 300]]) }))).toMatchObject({
      head: 0
    })
    expect(await store.commit(commitOf(0, bytes(1)))).toMatchObject({ head: 1 })
    expect([...(await workspace('two').load(1)).usage]).toEqual([['room', 500]])
  })

  it('rejects a commit of an instance that lost ownership', async () => {
    const workspace = await newWorkspace()
    const stale = workspace('one')
    await stale.load(1)
    const current = workspace('two')
    await current.load(1)
    await expect(stale.commit(commitOf(0, bytes(1)))).rejects.toThrow(LostOwnershipError)
    await expect(stale.commit(commitOf(0, null))).rejects.toThrow(LostOwnershipError)
    await expect(stale.writeSnapshot({ seq: 0, bytes: bytes(9) }, 1)).rejects.toThrow(LostOwnershipError)
    await expect(stale.dropCovered(0)).rejects.toThrow(LostOwnershipError)
    expect(await current.commit(commitOf(0, bytes(2)))).toMatchObject({ head: 1 })
    expect((await workspace('three').load(1)).updates).toEqual([stored(1, 2)])
  })

  it('rejects a commit on another head', async () => {
    const store = (await newWorkspace())('one')
    await store.load(1)
    await store.commit(commitOf(0, bytes(1)))
    await expect(store.commit(commitOf(0, bytes(2)))).rejects.toThrow(LostOwnershipError)
    await expect(store.commit(commitOf(2, bytes(2)))).rejects.toThrow(LostOwnershipError)
  })

  it('names the items whose links are another’s, or were replaced, with the highest epoch that they had (S41)', async () => {
    const workspace = await newWorkspace()
    const store = workspace('one')
    await store.load(1)
    const tail = nanoid(10)
      .toLowerCase()
      .replace(/[^a-z]/g, 'x')
    const itemWith = (id: string, slug: string, epoch: number): ProjectedChange => {
      const doc = new Y.Doc()
      const made = readItem(doc, { kind: 'room', id: createRoom(doc, { name: 'Weekly' }, 1) })!
      const item = { ...made, id, slug: `${slug}-${tail}`, epoch }
      return { ref: { kind: 'room', id }, item, linksChanged: true }
    }
    const gone = (id: string): ProjectedChange => ({
      ref: { kind: 'room', id },
      item: undefined,
      linksChanged: true
    })
    let head = 0
    const commit = async (...projected: ProjectedChange[]) => {
      const committed = await store.commit(commitOf(head, bytes(1), { projected }))
      head = committed.head
      expect((await workspace('one').load(1)).wrongLinks).toEqual(committed.wrongLinks)
      return committed.wrongLinks
    }
    const wrong = (id: string, isTaken: boolean, highestEpoch: number) => ({
      kind: 'room',
      id,
      isTaken,
      highestEpoch
    })

    expect(await commit(itemWith('one', 'a', 1), itemWith('two', 'b', 1))).toEqual([])
    expect(await commit(itemWith('one', 'a', 1))).toEqual([])
    expect(await commit(itemWith('one', 'c', 7))).toEqual([])
    expect(await commit(itemWith('two', 'c', 2))).toEqual([wrong('two', true, 1)])
    expect(await commit(itemWith('two', 'b', 2))).toEqual([])
    // A reset that is undone, with whatever epoch up to the one that it came to.
    expect(await commit(itemWith('one', 'a', 1))).toEqual([wrong('one', false, 7)])
    expect(await commit(itemWith('one', 'a', 7))).toEqual([wrong('one', false, 7)])
    expect(await commit(itemWith('one', 'c', 6))).toEqual([wrong('one', false, 7)])
    expect(await commit(itemWith('one', 'c', 8))).toEqual([])
    // Its last links end with it, once.
    expect(await commit(gone('one'))).toEqual([])
    expect(await commit(gone('one'))).toEqual([])
    expect(await commit(itemWith('one', 'c', 8))).toEqual([wrong('one', false, 9)])
    expect(await commit(itemWith('one', 'c', 9))).toEqual([])
  })

  it('loads from the newest snapshot, and keeps the one before it with its updates', async () => {
    const workspace = await newWorkspace()
    const store = workspace('one')
    await store.load(1)
    const snapshotAt = async (seq: number) => {
      await store.writeSnapshot({ seq, bytes: bytes(100 + seq) }, 1)
      expect(await store.verifySnapshot(seq)).toBe(true)
      await store.dropCovered(seq)
    }
    for (let head = 0; head < 6; head++) {
      await store.commit(commitOf(head, bytes(head + 1)))
      if (head % 2 === 1) await snapshotAt(head + 1)
    }
    await store.commit(commitOf(6, bytes(7)))
    expect(await workspace('two').load(1)).toMatchObject({
      head: 7,
      snapshot: { seq: 6, bytes: bytes(106) },
      updates: [stored(7, 7)]
    })
  })
})

describe('an update store in libSQL', () => {
  const newStore = async (owner = 'one') => {
    const workspaceId = await adoptWorkspace((await signUp()).cookie)
    const store = createLibsqlUpdateStore({ database: database(), workspaceId, owner })
    await store.load(1)
    return { workspaceId, store }
  }

  it('fails to load a workspace that was not adopted', async () => {
    const store = createLibsqlUpdateStore({ database: database(), workspaceId: nanoid(), owner: 'one' })
    await expect(store.load(1)).rejects.toThrow(UnknownWorkspaceError)
  })

  it('keeps an update and a snapshot of several megabytes in parts', async () => {
    const { workspaceId, store } = await newStore()
    const large = crypto.getRandomValues(new Uint8Array(60_000))
    const update = new Uint8Array(5_000_000).map((_, i) => large[i % large.length] ?? 0)
    await store.commit(commitOf(0, update))
    const other = createLibsqlUpdateStore({ database: database(), workspaceId, owner: 'two' })
    expect((await other.load(1)).updates[0]?.bytes).toEqual(update)
    await other.writeSnapshot({ seq: 1, bytes: update }, 1)
    expect(await other.verifySnapshot(1)).toBe(true)
    const parts = await database()
      .orm.select()
      .from(docSnapshots)
      .where(eq(docSnapshots.workspaceId, workspaceId))
    expect(Math.max(...parts.map(part => part.data.byteLength))).toBeLessThanOrEqual(1_000_000)
  })

  it('falls back to the previous snapshot when one is damaged', async () => {
    const { workspaceId, store } = await newStore()
    const { orm } = database()
    for (let head = 0; head < 4; head++) {
      await store.commit(commitOf(head, bytes(head + 1)))
      if (head === 1 || head === 2) {
        await store.writeSnapshot({ seq: head + 1, bytes: bytes(100 + head + 1) }, 1)
        await store.dropCovered(head + 1)
      }
    }
    const newest = and(eq(docSnapshots.workspaceId, workspaceId), eq(docSnapshots.seq, 3))
    await orm
      .update(docSnapshots)
      .set({ data: bytes(0) as Buffer })
      .where(newest)
    expect(await store.verifySnapshot(3)).toBe(false)
    const other = createLibsqlUpdateStore({ database: database(), workspaceId, owner: 'two' })
    expect(await other.load(1)).toMatchObject({
      snapshot: { seq: 2, bytes: bytes(102) },
      updates: [stored(3, 3), stored(4, 4)]
    })
  })

  it.each([
    ['was lost before it reached the database', false],
    ['reached it and its answer was lost', true]
  ])('commits once when a request %s', async (_how, arrives) => {
    const workspaceId = await adoptWorkspace((await signUp()).cookie)
    const real = database()
    let failures = 1
    const flaky = {
      ...real,
      client: {
        ...real.client,
        batch: async (...args: Parameters<typeof real.client.batch>) => {
          const fails =
            args[0].length > 1 &&
            JSON.stringify(args[0]).includes('insert into \\"doc_updates') &&
            failures-- > 0
          if (fails && !arrives) throw new TypeError('connection reset')
          const answer = await real.client.batch(...args)
          if (fails) throw new TypeError('connection reset')
          return answer
        }
      }
    }
    const options = { workspaceId, owner: 'one', wait: () => Promise.resolve() }
    const store = createLibsqlUpdateStore({ ...options, database: flaky })
    await store.load(1)
    expect(await store.commit(commitOf(0, bytes(1)))).toMatchObject({ head: 1 })
    expect(failures).toBeLessThan(1)
    const rows = await real.orm.select().from(docUpdates).where(eq(docUpdates.workspaceId, workspaceId))
    expect(rows).toHaveLength(1)
    const [workspace] = await real.orm
      .select()
      .from(workspaceDocs)
      .where(eq(workspaceDocs.workspaceId, workspaceId))
    expect(workspace?.head).toBe(1)
  })
})
