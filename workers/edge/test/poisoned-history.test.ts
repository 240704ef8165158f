import { docSnapshots, docUpdates, rooms, workspaceDocs } from '@foyer/db'
import { createRoom, editItem, readItems } from '@foyer/doc'
import { sha256Hex } from '@foyer/doc/sha256'
import type { InValue } from '@libsql/client/web'
import { env } from 'cloudflare:workers'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createDatabase } from '../src/database.ts'
import { createLibsqlUpdateStore } from '../src/workspace/storage/libsql-update-store.ts'
import { replay } from '../src/workspace/document/replay.ts'
import { restoreWorkspace } from '../src/workspace/upkeep/restore.ts'
import { listSetAside } from '../src/workspace/storage/set-aside.ts'
import { parseSettings } from '../src/settings.ts'
import { adoptWorkspace, signUp } from './account.ts'
import { commitOf } from './commit-of.ts'
import { nested, rawUpdate, type RawStruct } from './raw-update.ts'
import { allStored, connect, join } from './replica.ts'

const database = createDatabase(parseSettings(env))
const { orm } = database
let cookie: string
let workspaceId: string

/** Writes commits as nobody may send them any more. */
const writeByHand = async (updates: Uint8Array[]) => {
  const rows = updates.map((data, index) => ({
    workspaceId,
    seq: index + 1,
    part: 0,
    data: data as Buffer,
    createdAt: 1
  }))
  for (const row of rows) await orm.insert(docUpdates).values(row)
  await orm.update(workspaceDocs).set({ head: rows.length }).where(eq(workspaceDocs.workspaceId, workspaceId))
}
const writeSnapshotByHand = async (seq: number, data: Uint8Array) => {
  const row = {
    workspaceId,
    seq,
    part: 0,
    parts: 1,
    data: data as Buffer,
    hash: await sha256Hex(data),
    createdAt: 1
  }
  await orm.insert(docSnapshots).values(row)
}
const roomUpdate = (name: string) => {
  const doc = new Y.Doc()
  const id = createRoom(doc, { name }, 1)
  return { update: Y.encodeStateAsUpdate(doc), id, client: doc.clientID }
}
const names = (doc: Y.Doc) =>
  readItems(doc, 'room')
    .map(({ name }) => name)
    .sort()

const begin = async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
}

it('a workspace opens and works whatever its log contains', async () => {
  await begin()
  const good = roomUpdate('Good')
  const also = roomUpdate('Also good')
  let client = 1
  const poison = (...structs: RawStruct[]) => rawUpdate({ structs: [{ client: client++, structs }] })
  const key = `${good.id}/access`
  const unreadable = [
    new Uint8Array([1, 2, 3, 4]),
    good.update.subarray(0, 20),
    new Uint8Array(),
    poison({ key, values: [[nested(20_000), 5]] }),
    poison({ origin: [client, 1], values: [['open', 5]] }, { key, values: [['open', 6]] }),
    poison({ origin: [999, 0], values: [['open', 5]] }),
    rawUpdate({ deletions: [{ client: 998, ranges: [[0, 5]] }] })
  ]
  const readable = [
    poison({ key, values: [[10n, 5]] }),
    poison({ key: `${good.id}/look`, values: [10n] }),
    poison({ key: `${good.id}/lobby`, values: [[nested(500), 5]] }),
    poison({ key: 'no item', values: [['x', 10n]] }),
    poison({ key: `${good.id}/cover`, values: [[new Uint8Array(3), 5]] }),
    poison({ key: '__proto__/name', values: [['x', 5]] }),
    poison({ root: 'secrets', key: null, values: [1] })
  ]
  await writeByHand([good.update, ...unreadable, ...readable, also.update])

  const device = await join(workspaceId, cookie)
  expect(names(device.doc)).toEqual(['Also good', 'Good'])
  createRoom(device.doc, { name: 'New' }, Date.now())
  editItem(device.doc, { kind: 'room', id: good.id }, { name: 'Good as new', access: 'team' }, Date.now())
  await allStored(device)
  const mine = and(eq(rooms.workspaceId, workspaceId), eq(rooms.id, good.id))
  const [row] = await orm.select().from(rooms).where(mine)
  expect(row).toMatchObject({ name: 'Good as new', access: 'team', look: null, lobby: null })
  editItem(device.doc, { kind: 'room', id: good.id }, { name: 'Good' }, Date.now())
  await allStored(device)
  const aside = await listSetAside(orm, workspaceId)
  expect(aside.map(({ seq, kind }) => [kind, seq])).toEqual(
    unreadable.map((_, index) => ['update', index + 2])
  )

  // What can be read but not used does not outlive a restore.
  const head = 1 + unreadable.length + readable.length + 1
  await restoreWorkspace({ database, workspaceId, seq: head, now: Date.now() })
  createRoom(device.doc, { name: 'On the old generation' }, Date.now())
  await vi.waitFor(
    () => {
      expect(device.closed()).not.toBeNull()
    },
    { timeout: 10_000 }
  )
  const fresh = await join(workspaceId, cookie)
  expect(names(fresh.doc)).toEqual(['Also good', 'Good'])
  expect(fresh.doc.getMap('rooms').has('no item')).toBe(false)
})

it('a row that the database rejects is set aside; the document and the other rows are stored', async () => {
  await begin()
  const device = await join(workspaceId, cookie)
  const bystander = await join(workspaceId, cookie)
  const trigger = `refuse_${workspaceId.replaceAll('-', '_')}`
  for (const event of ['insert', 'update']) {
    await database.client.execute(`create trigger ${trigger}_${event} before ${event} on rooms
      when new.workspace_id = '${workspaceId}' and new.name = 'Cursed'
      begin select raise(abort, 'no such luck'); end`)
  }
  const at = Date.now()
  device.doc.transact(() => {
    for (const name of ['One', 'Two', 'Cursed', 'Three']) createRoom(device.doc, { name }, at)
  })
  await allStored(device)
  const cursed = readItems(device.doc, 'room').find(({ name }) => name === 'Cursed')
  const rowNames = async () =>
    (await orm.select().from(rooms).where(eq(rooms.workspaceId, workspaceId))).map(({ name }) => name).sort()
  await vi.waitFor(async () => {
    expect(await rowNames()).toEqual(['One', 'Three', 'Two'])
    expect(await listSetAside(orm, workspaceId)).toMatchObject([
      {
        kind: 'row',
        name: `room/${cursed?.id ?? ''}`,
        reason: expect.stringContaining('no such luck') as string
      }
    ])
  })
  expect(bystander.closed() ?? device.closed()).toBeNull()
  expect(names(bystander.doc)).toEqual(['Cursed', 'One', 'Three', 'Two'])

  // A restore is not stopped by it either; and once there is nothing against it, the row is
  // written.
  const [{ head } = { head: 0 }] = await orm
    .select()
    .from(workspaceDocs)
    .where(eq(workspaceDocs.workspaceId, workspaceId))
  await restoreWorkspace({ database, workspaceId, seq: head, now: Date.now() })
  expect(await rowNames()).toEqual(['One', 'Three', 'Two'])
  for (const event of ['insert', 'update']) await database.client.execute(`drop trigger ${trigger}_${event}`)
  await restoreWorkspace({ database, workspaceId, seq: head, now: Date.now() })
  expect(await rowNames()).toEqual(['Cursed', 'One', 'Three', 'Two'])
})

it('a snapshot that Yjs cannot read is set aside, and the one before it serves with the log', async () => {
  const [one, two, three] = ['One', 'Two', 'Three'].map(roomUpdate) as [
    ReturnType<typeof roomUpdate>,
    ReturnType<typeof roomUpdate>,
    ReturnType<typeof roomUpdate>
  ]
  await begin()
  await writeByHand([one.update, two.update, three.update])
  await writeSnapshotByHand(1, one.update)
  await writeSnapshotByHand(2, new Uint8Array([9, 9, 9]))
  const device = await join(workspaceId, cookie)
  expect(names(device.doc)).toEqual(['One', 'Three', 'Two'])
  expect(await listSetAside(orm, workspaceId)).toMatchObject([{ kind: 'snapshot', seq: 2 }])
  createRoom(device.doc, { name: 'New' }, Date.now())
  await allStored(device)
})

describe('rows that no server wrote', () => {
  const mine = () => eq(docUpdates.workspaceId, workspaceId)
  const execute = (sql: string, ...args: InValue[]) => database.client.execute({ sql, args })
  const opensWith = async (expected: string[]) => {
    const device = await join(workspaceId, cookie)
    expect(names(device.doc)).toEqual(expected)
    createRoom(device.doc, { name: 'New' }, Date.now())
    await allStored(device)
    const again = await join(workspaceId, cookie)
    expect(names(again.doc)).toEqual([...expected, 'New'].sort())
  }
  const stored = async (...updates: Uint8Array[]) => {
    await begin()
    await writeByHand(updates)
  }

  it.each([
    ['a text', "'not bytes'"],
    ['a number', '17'],
    ['a number out of range', '1e300'],
    ['nothing', "''"]
  ])('the data of an update is %s', async (_what, data) => {
    await stored(roomUpdate('One').update, roomUpdate('Lost').update, roomUpdate('Two').update)
    await execute(`update doc_updates set data = ${data} where workspace_id = ? and seq = 2`, workspaceId)
    await opensWith(['One', 'Two'])
    expect(await listSetAside(orm, workspaceId)).toMatchObject([{ kind: 'update', seq: 2 }])
  })

  it.each([
    ['far out of range', '1152921504606846976'],
    ['no whole number', '5.5'],
    ['infinite', '1e300'],
    ['a text', "'abc'"],
    ['below the first', '-3']
  ])('the number of an update is %s', async (_what, seq) => {
    await stored(roomUpdate('One').update, roomUpdate('Odd').update)
    await execute(`update doc_updates set seq = ${seq} where workspace_id = ? and seq = 2`, workspaceId)
    await opensWith(['One'])
    expect(await listSetAside(orm, workspaceId)).toMatchObject([
      { kind: 'update', name: expect.stringContaining('row ') as string }
    ])
  })

  it.each(['0', '1', "'abc'", '1152921504606846976', '1e300', '-7'])(
    'a head of %s loses no commit, nor does the next one',
    async head => {
      await stored(roomUpdate('One').update, roomUpdate('Two').update)
      await execute(`update workspace_docs set head = ${head} where workspace_id = ?`, workspaceId)
      await opensWith(['One', 'Two'])
      expect(await orm.select({ seq: docUpdates.seq }).from(docUpdates).where(mine())).toEqual([
        { seq: 1 },
        { seq: 2 },
        { seq: 3 }
      ])
    }
  )

  it.each(["'abc'", '1152921504606846976', '-1', '2.5'])('a generation of %s', async generation => {
    await stored(roomUpdate('One').update)
    await execute(`update workspace_docs set generation = ${generation} where workspace_id = ?`, workspaceId)
    await opensWith(['One'])
  })

  it('a snapshot above the head hides no stored or future commit', async () => {
    await stored(roomUpdate('One').update, roomUpdate('Two').update)
    await writeSnapshotByHand(4, roomUpdate('Old').update)
    await opensWith(['One', 'Two'])
    expect(await listSetAside(orm, workspaceId)).toMatchObject([{ kind: 'snapshot' }])
  })

  it.each([
    "part = 'x'",
    "parts = 'x'",
    'parts = 1152921504606846976',
    "seq = 'abc'",
    'seq = 1e300',
    "data = 'x'"
  ])('a snapshot whose %s', async change => {
    await stored(roomUpdate('One').update, roomUpdate('Two').update)
    await writeSnapshotByHand(1, roomUpdate('Other').update)
    await execute(`update doc_snapshots set ${change} where workspace_id = ?`, workspaceId)
    await opensWith(['One', 'Two'])
  })

  it('owners of Yjs clients and times of use in columns of the wrong type are ignored', async () => {
    await stored(roomUpdate('One').update)
    const client = 'insert into doc_clients (workspace_id, client_id, user_id) values'
    const used = 'insert into usage (workspace_id, item_id, last_used_at) values'
    for (const value of ['1152921504606846976', '1e300', "'abc'", '1.5', '-1']) {
      await execute(`${client} (?, ${value}, 'somebody')`, workspaceId)
      await execute(`${used} (?, 'item of ' || quote(${value}), ${value})`, workspaceId)
    }
    await opensWith(['One'])
  })

  it('updates above the head count as commits, and a restore skips a damaged snapshot', async () => {
    await stored(roomUpdate('One').update, roomUpdate('Two').update, roomUpdate('Three').update)
    await writeSnapshotByHand(1, roomUpdate('Other').update)
    await execute('delete from doc_snapshots where workspace_id = ?', workspaceId)
    await writeSnapshotByHand(2, new Uint8Array([9, 9, 9]))
    await execute('update workspace_docs set head = 1 where workspace_id = ?', workspaceId)
    await restoreWorkspace({ database, workspaceId, seq: 2, now: Date.now() })
    await opensWith(['One', 'Two'])
  })

  it('many that cannot be read among many that can', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 300; i++) createRoom(doc, { name: `Room ${i}` }, 1)
    const broken = updates.map((update, index) =>
      index % 2 === 0
        ? update.subarray(0, 20)
        : rawUpdate({ structs: [{ client: 1, structs: [{ key: 'a', values: [1], origin: [1, 7] }] }] })
    )
    const { doc: made, setAside } = replay({
      snapshot: null,
      updates: updates.flatMap((update, index) => [
        { seq: 2 * index + 1, bytes: broken[index] ?? update },
        { seq: 2 * index + 2, bytes: update }
      ])
    }) ?? { doc: new Y.Doc(), setAside: [] }
    expect(readItems(made, 'room')).toHaveLength(300)
    expect(setAside).toHaveLength(300)
  })

  it('a document of more than an answer of the database holds: loads, has snapshots, is restored', async () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const welcome = 'w'.repeat(500)
    for (let i = 0; i < 12; i++) {
      doc.transact(() => {
        for (let j = 0; j < 1_000; j++) {
          const id = createRoom(doc, { name: `Room ${i} ${j}` }, 1)
          editItem(doc, { kind: 'room', id }, { look: { accent: '#112233', welcome } }, 1)
        }
      })
    }
    expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(7_500_000)
    await begin()
    const store = createLibsqlUpdateStore({ database, workspaceId, owner: 'by hand' })
    await store.load(1)
    for (const [head, update] of updates.entries()) {
      await store.commit(commitOf(head, update))
    }
    const head = updates.length
    await store.writeSnapshot({ seq: head, bytes: Y.encodeStateAsUpdate(doc) }, 1)
    expect(await store.verifySnapshot(head)).toBe(true)
    expect(readItems(await joined(), 'room')).toHaveLength(12_000)
    await execute('delete from doc_snapshots where workspace_id = ?', workspaceId)
    await restoreWorkspace({ database, workspaceId, seq: head, now: Date.now() })
    expect(readItems(await joined(), 'room')).toHaveLength(12_000)
  }, 120_000)

  /** It takes its time; and an object that slept through a restore sends everybody away. */
  const joined = async (): Promise<Y.Doc> => {
    const device = await connect(workspaceId, cookie)
    const hasCome = () => device.heard.some(({ type }) => type === 'missing')
    await vi.waitUntil(() => hasCome() || device.closed() !== null, { timeout: 60_000 })
    return hasCome() ? device.doc : joined()
  }
})
