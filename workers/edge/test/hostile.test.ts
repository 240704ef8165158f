import { members } from '@foyer/db'
import { createRoom, itemRoot, readItems } from '@foyer/doc'
import { CLOSE, encodeMissing, encodeStateVector, encodeUpdate } from '@foyer/sync/protocol'
import { env } from 'cloudflare:workers'
import { nanoid } from 'nanoid'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createDatabase } from '../src/database.ts'
import { createLibsqlUpdateStore } from '../src/workspace/storage/libsql-update-store.ts'
import { createWorkspaceDocument } from '../src/workspace/document/workspace-document.ts'
import { parseSettings } from '../src/settings.ts'
import { adoptWorkspace, request, signUp, userIdOf } from './account.ts'
import { nested, rawUpdate, type RawStruct, type RawUpdate } from './raw-update.ts'
import { allStored, join, nameOf, type Replica } from './replica.ts'

let workspaceId: string
let good: Replica
let bad: Replica
let roomId: string

/** A second account in the workspace. */
const addMember = async (role: string) => {
  const { cookie } = await signUp()
  const userId = await userIdOf(cookie)
  await createDatabase(parseSettings(env))
    .orm.insert(members)
    .values({ id: nanoid(), organizationId: workspaceId, userId, role, createdAt: new Date() })
  return { cookie, userId }
}

beforeEach(async () => {
  const owner = await signUp()
  workspaceId = await adoptWorkspace(owner.cookie)
  good = await join(workspaceId, owner.cookie)
  roomId = createRoom(good.doc, { name: 'Weekly' }, 1)
  await allStored(good)
  bad = await join(workspaceId, (await addMember('member')).cookie)
})

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000 })

/**
 * The bad one is shown out and told why; the good one notices nothing, and what it does is still
 * stored.
 */
const expectRefusal = async (closeCode: number, noticeCode: string) => {
  const before = good.doc.getMap('rooms').toJSON()
  await until(() => {
    expect(bad.closed()?.code).toBe(closeCode)
  })
  expect(bad.heard).toContainEqual(expect.objectContaining({ type: 'notice', code: noticeCode }))
  expect(good.doc.getMap('rooms').toJSON()).toEqual(before)
  createRoom(good.doc, { name: 'Still working' }, 2)
  await allStored(good)
  expect(good.closed()).toBeNull()
}

/** The one update that `change` makes to a copy of what everybody has. */
const forge = (change: (doc: Y.Doc) => void, clientId?: number): Uint8Array => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(good.doc))
  if (clientId !== undefined) doc.clientID = clientId
  const before = Y.encodeStateVector(doc)
  change(doc)
  return Y.encodeStateAsUpdate(doc, before)
}
const setName = (name: unknown) => (doc: Y.Doc) => {
  itemRoot(doc, 'room').set(`${roomId}/name`, [name, Date.now()])
}

describe('a frame that no honest client sends', () => {
  it('under the Yjs client of somebody else', async () => {
    bad.sendRaw(encodeUpdate(forge(setName('Mine now'), good.doc.clientID)))
    await expectRefusal(CLOSE.malformed, 'forged')
  })

  it.each<[string, (doc: Y.Doc) => void, string]>([
    ['a root that a workspace does not have', doc => doc.getMap('secrets').set('a', 1), 'unknown-root'],
    ['a nested type', doc => doc.getMap('rooms').set(`${roomId}/name`, new Y.Map()), 'malformed'],
    ['a text', doc => doc.getText('rooms-text').insert(0, 'a'), 'malformed'],
    ['a binary', doc => doc.getMap('rooms').set(`${roomId}/name`, new Uint8Array(3)), 'malformed']
  ])('with %s', async (_what, change, noticeCode) => {
    bad.sendRaw(encodeUpdate(forge(change)))
    await expectRefusal(CLOSE.malformed, noticeCode)
  })

  it('with a bare GC that jumps a clock', async () => {
    // One client, one struct from clock 0: a GC (info 0) of 2^31 ticks; no deletions.
    bad.sendRaw(encodeUpdate(new Uint8Array([1, 1, 99, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x08, 0])))
    await expectRefusal(CLOSE.malformed, 'malformed')
  })

  it('that leaves a gap even in the answer to a state vector', async () => {
    const update = forge(doc => {
      setName('One')(doc)
      setName('Two')(doc)
    })
    const { structs } = Y.decodeUpdate(update)
    const last = structs.at(-1)
    if (last === undefined) throw new Error('nothing forged')
    const cut = Y.diffUpdate(update, encodeStateVectorOf(last.id.client, last.id.clock))
    bad.sendRaw(encodeMissing(cut))
    await expectRefusal(CLOSE.malformed, 'malformed')
  })

  it('from a viewer who deletes everything', async () => {
    bad = await join(workspaceId, (await addMember('viewer')).cookie)
    bad.sendRaw(encodeUpdate(forge(doc => itemRoot(doc, 'room').clear())))
    await expectRefusal(CLOSE.notAMember, 'read-only')
  })
})

const encodeStateVectorOf = (client: number, clock: number): Uint8Array =>
  Y.encodeStateVector(new Map([[client, clock]]))

describe('a value that is not allowed is put back', () => {
  const expectPutBack = async (name: unknown) => {
    await allStored(bad)
    await until(() => {
      expect(nameOf(bad.doc, 'room', roomId)).toBe(name)
    })
    expect(nameOf(good.doc, 'room', roomId)).toBe(name)
    expect(bad.closed()).toBeNull()
  }
  const noticed = (code: string) => {
    expect(bad.heard).toContainEqual(expect.objectContaining({ type: 'notice', code }))
  }

  it('a name of nearly 1 MB', async () => {
    setName('x'.repeat(1_000_000))(bad.doc)
    await expectPutBack('Weekly')
    noticed('name-too-long')
    // Nothing of it is left: a fresh replica gets a small document.
    expect(Y.encodeStateAsUpdate(good.doc).length).toBeLessThan(5_000)
  })

  it('an empty name beside a good one, which stays', async () => {
    bad.doc.transact(() => {
      setName('')(bad.doc)
      itemRoot(bad.doc, 'room').set(`${roomId}/access`, ['open', Date.now()])
    })
    await expectPutBack('Weekly')
    noticed('name-empty')
    await until(() => {
      expect(itemRoot(good.doc, 'room').get(`${roomId}/access`)?.[0]).toBe('open')
    })
  })

  it('a second creation, a slug without a raised epoch, and an unknown field', async () => {
    const rooms = itemRoot(bad.doc, 'room')
    bad.doc.transact(() => {
      rooms.set(`${roomId}/created`, [5, Date.now()])
      rooms.set(`${roomId}/links`, [{ slug: 'stolen-aaaaaaaaaa', epoch: 1 }, Date.now()])
      rooms.set(`${roomId}/nonsense`, [1, Date.now()])
    })
    await expectPutBack('Weekly')
    for (const code of ['created-twice', 'links-kept-epoch', 'unknown-key']) noticed(code)
    await until(() => {
      expect(bad.doc.getMap('rooms').toJSON()).toEqual(good.doc.getMap('rooms').toJSON())
    })
  })

  it('the deletion of everything, while nothing lies in "Recently deleted"', async () => {
    itemRoot(bad.doc, 'room').clear()
    await expectPutBack('Weekly')
    await until(() => {
      expect(readItems(bad.doc, 'room')).toHaveLength(1)
    })
  })

  it('the deletion of a part of an item', async () => {
    itemRoot(bad.doc, 'room').delete(`${roomId}/links`)
    await expectPutBack('Weekly')
    await until(() => {
      expect(readItems(bad.doc, 'room')).toHaveLength(1)
    })
  })
})

it('another workspace is closed to a member of this one', async () => {
  const other = await adoptWorkspace((await signUp()).cookie)
  const { cookie } = await addMember('admin')
  expect((await request(`/api/workspaces/${other}`, { cookie })).status).toBe(403)
})

describe('an update that is refused', () => {
  const EVE = 7
  const MALLORY = 8
  const { malformed, tooLarge } = CLOSE
  const key = () => `${roomId}/name`
  const value = (value: unknown): RawUpdate => ({ structs: [{ client: EVE, structs: [entry(value)] }] })
  const entry = (value: unknown): RawStruct => ({ key: key(), values: [value] })
  const after = (client: number, clock: number): RawStruct => ({
    origin: [client, clock],
    values: [['x', 5]]
  })
  const many = <T>(count: number, one: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => one(i))
  const everything = (): RawUpdate['deletions'] =>
    [...Y.decodeStateVector(Y.encodeStateVector(good.doc))].map(([client, length]) => ({
      client,
      ranges: [[0, length]]
    }))
  const waitForEachOther = (): RawUpdate['structs'] => [
    { client: EVE, structs: [after(MALLORY, 1), entry(['y', 5])] },
    { client: MALLORY, structs: [after(EVE, 1), entry(['z', 5])] }
  ]
  const smuggled = (...structs: RawStruct[]): RawUpdate => ({
    structs: [{ client: 9, structs }, ...(waitForEachOther() ?? [])]
  })

  const POISON: [string, number, () => RawUpdate][] = [
    ['a bigint in an entry', malformed, () => value([10n, 5])],
    ['a bigint as its time', malformed, () => value(['x', 10n])],
    ['a bare bigint', malformed, () => value(10n)],
    ['an object 5,000 levels deep', malformed, () => value([nested(5_000), 5])],
    ['undefined', malformed, () => value([undefined, 5])],
    ['not a number', malformed, () => value([NaN, 5])],
    ['an endless time', malformed, () => value(['x', Infinity])],
    ['a list in an entry', malformed, () => value([[[1]], 5])],
    [
      '200,000 values in one item',
      tooLarge,
      () => ({
        structs: [{ client: EVE, structs: [{ key: key(), values: many(200_000, () => 1) }] }]
      })
    ],
    [
      'an item that follows a later one of its client',
      malformed,
      () => ({ structs: [{ client: EVE, structs: [after(EVE, 1), entry(['x', 5])] }] })
    ]
  ]
  const SMUGGLING: [string, number, () => RawUpdate][] = [
    ['a name of 300 characters', malformed, () => smuggled(entry(['x'.repeat(300), 5]))],
    [
      'a lower epoch',
      malformed,
      () => smuggled({ key: `${roomId}/links`, values: [[{ slug: 'x', epoch: 0 }, Date.now()]] })
    ],
    [
      'deletions of a whole item',
      malformed,
      () => ({ structs: waitForEachOther() ?? [], deletions: everything() ?? [] })
    ],
    [
      'a circle of three',
      malformed,
      () => ({
        structs: many(3, i => ({
          client: EVE + i,
          structs: [after(EVE + ((i + 1) % 3), 1), entry(['x', 5])]
        })),
        deletions: everything() ?? []
      })
    ],
    [
      'bytes in a large update, after much that is good',
      malformed,
      () => ({
        structs: [
          {
            client: EVE,
            structs: [...many(2_000, i => entry([`Name ${i}`, i])), entry([new Uint8Array(1), 5])]
          }
        ],
        deletions: everything() ?? []
      })
    ]
  ]
  const COST: [string, number, () => RawUpdate][] = [
    [
      '100,000 deletions of the same entries',
      malformed,
      () => ({ deletions: [{ client: good.doc.clientID, ranges: many(100_000, () => [0, 5]) }] })
    ],
    [
      '60,000 clients in a chain',
      tooLarge,
      () => ({
        structs: many(60_000, i => ({ client: i, structs: [i === 0 ? entry(['x', 5]) : after(i - 1, 0)] }))
      })
    ]
  ]

  const stored = async () => {
    const database = createDatabase(parseSettings(env))
    const store = createLibsqlUpdateStore({ database, workspaceId, owner: 'the test' })
    const history = await store.load(1)
    const document = createWorkspaceDocument(history)
    expect(document.setAside).toEqual([])
    const doc = new Y.Doc()
    Y.applyUpdate(doc, document.snapshot())
    expect(doc.store.pendingStructs).toBeNull()
    expect(doc.store.pendingDs).toBeNull()
    return doc
  }

  it.each([
    ['poison', POISON],
    ['smuggling', SMUGGLING],
    ['cost', COST]
  ] as const)('for %s is nowhere, and only its sender is closed (S30, S31)', async (_what, attacks) => {
    const { cookie } = await addMember('member')
    const clients = new Set(Y.decodeStateVector(Y.encodeStateVector(good.doc)).keys())
    const before = good.doc.getMap('rooms').toJSON()
    for (const [what, code, update] of attacks) {
      bad = await join(workspaceId, cookie)
      const raw = rawUpdate(update())
      // What is larger than an edit can come as an answer alone.
      bad.sendRaw(raw.length < 900_000 ? encodeUpdate(raw) : encodeMissing(raw))
      await until(() => {
        expect([what, bad.closed()?.code]).toEqual([what, code])
      })
      expect(good.closed(), what).toBeNull()
    }
    expect(good.doc.getMap('rooms').toJSON()).toEqual(before)
    createRoom(good.doc, { name: 'Still working' }, 2)
    await allStored(good)
    // As after a restart.
    const doc = await stored()
    expect(doc.getMap('rooms').toJSON()).toEqual(good.doc.getMap('rooms').toJSON())
    expect(new Set(Y.decodeStateVector(Y.encodeStateVector(doc)).keys())).toEqual(clients)
  })

  it.each<[string, number, () => Uint8Array]>([
    [
      'a state vector of a million clients',
      malformed,
      () => encodeStateVector(new Uint8Array([192, 132, 61]))
    ],
    ['a state vector that is none', malformed, () => encodeStateVector(new Uint8Array([2, 1]))],
    ['nothing', malformed, () => new Uint8Array()],
    ['a length that is not there', malformed, () => new Uint8Array([0, 2, 255, 255, 255, 255, 15])],
    ['a message of 2 MB', tooLarge, () => encodeUpdate(new Uint8Array(2_000_000))],
    ['usage of more items than it has bytes', malformed, () => new Uint8Array([18, 255, 255, 255, 255, 15])],
    [
      'awareness of more clients than it has bytes',
      malformed,
      () => new Uint8Array([1, 5, 255, 255, 255, 255, 15])
    ]
  ])('as a message: %s', async (_what, code, message) => {
    bad.sendRaw(message())
    await until(() => {
      expect(bad.closed()?.code).toBe(code)
    })
    createRoom(good.doc, { name: 'Still working' }, 2)
    await allStored(good)
    expect(good.closed()).toBeNull()
  })
})
