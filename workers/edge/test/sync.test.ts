import { createRoom, createWebinar, editItem, purgeItem, readItem, resetLinks } from '@foyer/doc'
import { CLOSE, encodeAck, encodeUpdate, encodeUsage, PROTOCOL_VERSION } from '@foyer/sync/protocol'
import { nanoid } from 'nanoid'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { adoptWorkspace, request, signUp } from './account.ts'
import { allStored, connect, join, nameOf } from './replica.ts'

let cookie: string
let workspaceId: string

beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
})

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5_000 })
const rooms = async () =>
  (await (await request(`/api/workspaces/${workspaceId}/rooms`, { cookie })).json<{ rooms: unknown[] }>())
    .rooms
const linkOf = async (slug: string) => (await request(`/api/links/${slug}`)).json()
const slugOf = (doc: Y.Doc, id: string) => readItem(doc, { kind: 'room', id })?.slug ?? ''

describe('a workspace object', () => {
  it('sends hello, stores an edit, acknowledges and broadcasts it', async () => {
    const writer = await join(workspaceId, cookie)
    const reader = await join(workspaceId, cookie)
    expect(writer.heard[0]).toMatchObject({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      generation: 1,
      role: 'owner'
    })
    const id = createRoom(writer.doc, { name: 'Weekly' }, Date.now())
    await allStored(writer)
    await until(() => {
      expect(nameOf(reader.doc, 'room', id)).toBe('Weekly')
    })
    expect(await rooms()).toMatchObject([{ id, name: 'Weekly', lastUsedAt: null }])
  })

  it('gives a late replica everything', async () => {
    const writer = await join(workspaceId, cookie)
    const id = createRoom(writer.doc, { name: 'Weekly' }, Date.now())
    await allStored(writer)
    writer.close()
    expect(nameOf((await join(workspaceId, cookie)).doc, 'room', id)).toBe('Weekly')
  })

  it('receives offline edits in the answer to its state vector', async () => {
    const offline = new Y.Doc()
    const id = createRoom(offline, { name: 'On the plane' }, Date.now())
    const replica = await join(workspaceId, cookie, offline)
    await allStored(replica)
    expect(await rooms()).toMatchObject([{ id, name: 'On the plane' }])
  })

  it('sends a stock client only y-protocols frames', async () => {
    const stock = await connect(workspaceId, cookie, { protocol: 'stock' })
    await until(() => {
      expect(stock.heard.map(({ type }) => type)).toContain('missing')
    })
    const id = createRoom(stock.doc, { name: 'From a stock client' }, Date.now())
    const reader = await join(workspaceId, cookie)
    await until(() => {
      expect(nameOf(reader.doc, 'room', id)).toBe('From a stock client')
    })
    const known = ['state-vector', 'missing', 'update', 'awareness', 'query-awareness']
    expect(stock.heard.filter(({ type }) => !known.includes(type))).toEqual([])
  })

  it('stores a document of more than a row can hold', async () => {
    const big = new Y.Doc()
    big.transact(() => {
      for (let i = 0; i < 1_000; i++) {
        const description = 'x'.repeat(1_900)
        const schedule = { startsAt: '2027-03-01T10:00', timeZone: 'Europe/Berlin', minutes: 60 }
        createWebinar(big, { name: `W ${i}`, schedule, description }, i)
      }
    })
    await allStored(await join(workspaceId, cookie, big))
    const fresh = await join(workspaceId, cookie)
    expect(fresh.doc.getMap('webinars').size).toBe(big.getMap('webinars').size)
  })

  it('asks for everything when an update builds on a lost one', async () => {
    const replica = await join(workspaceId, cookie)
    const id = replica.doc.transact(() => createRoom(replica.doc, { name: 'First' }, 1), 'server') // never sent
    editItem(replica.doc, { kind: 'room', id }, { name: 'Second' }, 2)
    editItem(replica.doc, { kind: 'room', id }, { name: 'Third' }, 3)
    await allStored(replica)
    expect(await rooms()).toMatchObject([{ id, name: 'Third' }])
  })
})

describe('the projection', () => {
  it('opens a published link, follows a rename, a reset of links and a deletion', async () => {
    const { doc, ...replica } = await join(workspaceId, cookie)
    const id = createRoom(doc, { name: 'Büro' }, Date.now())
    const ref = { kind: 'room', id } as const
    const slug = slugOf(doc, id)
    await allStored({ doc, ...replica })
    expect(await linkOf(slug)).toEqual({
      link: {
        kind: 'room',
        name: 'Büro',
        cover: { preset: 'dawn' },
        look: null,
        lobby: null,
        access: 'ask',
        state: 'open',
        startsAt: null,
        schedule: null
      }
    })

    editItem(doc, ref, { name: 'Studio' }, Date.now())
    await allStored({ doc, ...replica })
    expect(await linkOf(slug)).toMatchObject({ link: { name: 'Studio' } })

    resetLinks(doc, ref, Date.now())
    await allStored({ doc, ...replica })
    expect(await linkOf(slug)).toMatchObject({ error: { code: 'link-reset' } })
    expect(await linkOf(slugOf(doc, id))).toMatchObject({ link: { name: 'Studio' } })

    editItem(doc, ref, { deletedAt: Date.now() }, Date.now())
    await allStored({ doc, ...replica })
    expect(await linkOf(slugOf(doc, id))).toMatchObject({ link: { state: 'deleted' } })
    expect(await rooms()).toEqual([])

    const last = slugOf(doc, id)
    purgeItem(doc, ref)
    await allStored({ doc, ...replica })
    expect(await linkOf(last)).toMatchObject({ error: { code: 'link-gone' } })
  })

  it('keeps a slug with the item that published it first', async () => {
    const mine = await join(workspaceId, cookie)
    const id = createRoom(mine.doc, { name: 'Original' }, 1)
    await allStored(mine)
    const slug = slugOf(mine.doc, id)

    const thief = await signUp()
    const theirs = await adoptWorkspace(thief.cookie)
    const copy = await join(theirs, thief.cookie)
    const copyId = createRoom(copy.doc, { name: 'Copy' }, 1)
    copy.doc.getMap('rooms').set(`${copyId}/links`, [{ slug, epoch: 2 }, 2])
    await allStored(copy)
    expect(await linkOf(slug)).toMatchObject({ link: { name: 'Original' } })
  })
})

describe('the usage lane', () => {
  it('keeps and broadcasts the newest time, never a future one', async () => {
    const one = await join(workspaceId, cookie)
    const other = await join(workspaceId, cookie)
    const id = createRoom(one.doc, { name: 'Weekly' }, 1)
    await allStored(one)
    const heard = (replica: typeof one) =>
      replica.heard.filter(message => message.type === 'usage').flatMap(({ entries }) => entries)
    const tell = (lastUsedAt: number) => {
      one.sendRaw(encodeUsage([{ itemId: id, lastUsedAt, live: 0 }]))
    }

    tell(5_000)
    tell(3_000)
    await until(() => {
      expect(heard(other)).toContainEqual({ itemId: id, lastUsedAt: 5_000, live: 0 })
    })
    const before = Date.now()
    tell(before + 365 * 86_400_000)
    await until(() => {
      expect(heard(one).at(-1)?.lastUsedAt).toBeGreaterThanOrEqual(before)
    })
    expect(heard(one).at(-1)?.lastUsedAt).toBeLessThanOrEqual(Date.now())
    expect(heard(other).map(({ lastUsedAt }) => lastUsedAt)).not.toContain(3_000)
  })

  it('answers for an unknown item and stores nothing', async () => {
    const one = await join(workspaceId, cookie)
    one.sendRaw(encodeUsage([{ itemId: nanoid(), lastUsedAt: 1_000, live: 0 }]))
    await until(() => {
      expect(one.heard.at(-1)).toMatchObject({ type: 'usage', entries: [{ lastUsedAt: 0 }] })
    })
    expect((await join(workspaceId, cookie)).heard.filter(({ type }) => type === 'usage')).toEqual([])
  })
})

describe('a rejected connection', () => {
  it.each([
    ['without a cookie', () => connect(workspaceId, null), CLOSE.signedOut],
    ['into an unknown workspace', () => connect(nanoid(), cookie), CLOSE.notAMember],
    [
      'into the workspace of others',
      async () => connect(workspaceId, (await signUp()).cookie),
      CLOSE.notAMember
    ],
    [
      'by an app of an earlier protocol',
      () => connect(workspaceId, cookie, { protocol: PROTOCOL_VERSION - 1 }),
      CLOSE.appTooOld
    ],
    [
      'by an app of a later protocol, for now',
      () => connect(workspaceId, cookie, { protocol: PROTOCOL_VERSION + 1 }),
      CLOSE.tryLater
    ]
  ])('%s', async (_how, knock, code) => {
    const replica = await knock()
    await until(() => {
      expect(replica.closed()?.code).toBe(code)
    })
    expect(replica.heard).toEqual([])
  })

  it('from a page of another site', async () => {
    await expect(connect(workspaceId, cookie, { origin: 'https://evil.example' })).rejects.toThrow('403')
  })
})

describe('a refused frame', () => {
  const text = () => 'not binary'
  it.each<[string, () => Uint8Array | string, number]>([
    ['an unknown type', () => new Uint8Array([99]), CLOSE.malformed],
    ['a truncated number', () => new Uint8Array([0, 2, 0xff]), CLOSE.malformed],
    ['nothing at all', () => new Uint8Array(), CLOSE.malformed],
    ['no Yjs update', () => encodeUpdate(new Uint8Array([7, 7, 7])), CLOSE.malformed],
    ['what only a server says', () => encodeAck(7), CLOSE.malformed],
    ['text', text, CLOSE.malformed],
    ['an update of more than 1 MiB', () => encodeUpdate(new Uint8Array(1024 * 1024 + 1)), CLOSE.tooLarge]
  ])('%s ends its connection and touches nobody else', async (_what, bytes, code) => {
    const good = await join(workspaceId, cookie)
    const bad = await join(workspaceId, cookie)
    bad.sendRaw(bytes())
    await until(() => {
      expect(bad.closed()?.code).toBe(code)
    })
    createRoom(good.doc, { name: 'Still here' }, 1)
    await allStored(good)
    expect(await rooms()).toHaveLength(1)
  })
})
