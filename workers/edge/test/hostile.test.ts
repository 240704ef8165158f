import { members } from '@foyer/db'
import { createRoom, itemRoot, readItems } from '@foyer/doc'
import { CLOSE, encodeMissing, encodeUpdate } from '@foyer/sync/protocol'
import { env } from 'cloudflare:workers'
import { nanoid } from 'nanoid'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createDatabase } from '../src/database.ts'
import { parseSettings } from '../src/settings.ts'
import { adoptWorkspace, request, signUp, userIdOf } from './account.ts'
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

/** The bad one is shown out and told why; the good one notices nothing, and what it does is still stored. */
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

describe('a message that no honest client sends', () => {
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

  it('that leaves a gap even in answer to the question for what is missing', async () => {
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
    noticed('bad-value')
    // Nothing of it is left: a fresh replica gets a small document.
    expect(Y.encodeStateAsUpdate(good.doc).length).toBeLessThan(5_000)
  })

  it('an empty name beside a good one, which stays', async () => {
    bad.doc.transact(() => {
      setName('')(bad.doc)
      itemRoot(bad.doc, 'room').set(`${roomId}/access`, ['open', Date.now()])
    })
    await expectPutBack('Weekly')
    noticed('bad-value')
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
