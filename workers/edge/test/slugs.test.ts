import { rooms, workspaceDocs } from '@foyer/db'
import {
  createRoom,
  createWebinar,
  deleteForGood,
  editItem,
  itemRoot,
  purgeItem,
  readItem,
  readItems,
  resetLinks
} from '@foyer/doc'
import type { Entry, ItemRef } from '@foyer/doc'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Y from 'yjs'
import { restoreWorkspace } from '../src/workspace/upkeep/restore.ts'
import { adoptWorkspace, openDatabase, request, signUp } from './account.ts'
import { allStored, join, type Replica } from './replica.ts'

const SCHEDULE = { startsAt: '2027-03-01T10:00', timeZone: 'Europe/Berlin', minutes: 60 }

let workspaceId: string
let mine: Replica
let room: ItemRef

const newWorkspace = async () => {
  const account = await signUp()
  const id = await adoptWorkspace(account.cookie)
  return { id, replica: await join(id, account.cookie) }
}
const slugOf = (doc: Y.Doc, ref: ItemRef) => readItem(doc, ref)?.slug ?? ''
const answer = async (slug: string) => {
  const response = await request(`/api/links/${slug}`)
  const { link, error } = await response.json<{ link?: { name: string }; error?: { code: string } }>()
  return link?.name ?? error?.code
}
const claim = (doc: Y.Doc, { kind, id }: ItemRef, slug: string) => {
  const epoch = (readItem(doc, { kind, id })?.epoch ?? 0) + 1
  itemRoot(doc, kind).set(`${id}/links`, [{ slug, epoch }, Date.now()])
}
/** The item gets a slug of its own, its owner hears so, and all of it works. */
const expectRefused = async ({ doc, heard, ...replica }: Replica, ref: ItemRef, slug: string) => {
  await vi.waitFor(
    () => {
      expect(heard).toContainEqual(expect.objectContaining({ type: 'notice', code: 'slug-taken' }))
      expect(slugOf(doc, ref)).not.toBe(slug)
    },
    { timeout: 10_000 }
  )
  await vi.waitFor(
    async () => {
      expect(await answer(slugOf(doc, ref))).toBe(readItem(doc, ref)?.name)
    },
    { timeout: 10_000 }
  )
  expect(replica.closed()).toBeNull()
}

beforeEach(async () => {
  ;({ id: workspaceId, replica: mine } = await newWorkspace())
  room = { kind: 'room', id: createRoom(mine.doc, { name: 'Original' }, 1) }
  await allStored(mine)
})

describe('a slug that was ever published is its item’s for good (S39)', () => {
  it.each<[string, string, () => Promise<void> | void]>([
    [
      'reset',
      'link-reset',
      () => {
        resetLinks(mine.doc, room, Date.now())
      }
    ],
    [
      'gone for good',
      'link-gone',
      async () => {
        editItem(mine.doc, room, { deletedAt: 2 }, Date.now())
        await allStored(mine)
        purgeItem(mine.doc, room)
      }
    ]
  ])(
    'also once it was %s: visitors hear so, and another workspace does not get it',
    async (_how, code, end) => {
      const slug = slugOf(mine.doc, room)
      await end()
      await allStored(mine)
      expect(await answer(slug)).toBe(code)

      const { replica: thief } = await newWorkspace()
      const copy: ItemRef = { kind: 'room', id: createRoom(thief.doc, { name: 'Copy' }, 1) }
      claim(thief.doc, copy, slug)
      await allStored(thief)
      await expectRefused(thief, copy, slug)
      expect(await answer(slug)).toBe(code)
    }
  )

  it('against an item that is made with it, a webinar with the same id, and another of the same workspace', async () => {
    const slug = slugOf(mine.doc, room)
    const webinar: ItemRef = {
      kind: 'webinar',
      id: createWebinar(mine.doc, { name: 'W', schedule: SCHEDULE }, 1)
    }
    mine.doc.transact(() => {
      const map = itemRoot(mine.doc, 'webinar')
      for (const [key, entry] of [...map.entries()]) {
        if (key.startsWith(webinar.id)) map.set(key.replace(webinar.id, room.id), entry)
      }
      map.set(`${room.id}/links`, [{ slug, epoch: 1 }, 1])
      const second = createRoom(mine.doc, { name: 'Second' }, 1)
      itemRoot(mine.doc, 'room').set(`${second}/links`, [{ slug, epoch: 2 }, 2])
    })
    await allStored(mine)
    await expectRefused(mine, { kind: 'webinar', id: room.id }, slug)
    const second = readItems(mine.doc, 'room').find(({ name }) => name === 'Second')
    await expectRefused(mine, { kind: 'room', id: second?.id ?? '' }, slug)
    expect(await answer(slug)).toBe('Original')
  })

  it('in a race: one has it for good, the other works under another', async () => {
    const slug = 'wanted-aaaaaaaaaa'
    const racers = await Promise.all([newWorkspace(), newWorkspace()])
    const items = racers.map(({ replica: { doc } }, index) => {
      const ref: ItemRef = { kind: 'room', id: createRoom(doc, { name: `Racer ${index}` }, 1) }
      claim(doc, ref, slug)
      return ref
    })
    await Promise.all(racers.map(({ replica }) => allStored(replica)))
    const winner = await answer(slug)
    const loser = winner === 'Racer 0' ? 1 : 0
    await expectRefused(racers[loser].replica, items[loser]!, slug)
    expect(slugOf(racers[1 - loser]!.replica.doc, items[1 - loser]!)).toBe(slug)
  })
})

describe('the epochs of an item only rise (S41)', () => {
  const linksOf = (doc: Y.Doc) => {
    const { slug = '', epoch = 0 } = readItem(doc, room) ?? {}
    return { slug, epoch }
  }
  const entriesOf = (doc: Y.Doc) =>
    [...itemRoot(doc, 'room').entries()].filter(([key]) => key.startsWith(`${room.id}/`))
  const goForGood = async () => {
    deleteForGood(mine.doc, room, Date.now())
    await allStored(mine)
    await vi.waitFor(() => {
      expect(entriesOf(mine.doc)).toEqual([])
    })
  }
  /** As a member who has kept all of it can. */
  const makeAgain = async (entries: [string, Entry][]) => {
    mine.doc.transact(() => {
      for (const [key, entry] of entries) itemRoot(mine.doc, 'room').set(key, entry)
    })
    await allStored(mine)
  }
  const restoreTo = (seq: number) =>
    restoreWorkspace({ database: openDatabase(), workspaceId, seq, now: Date.now() })
  const storedLinks = async () => {
    const [row] = await openDatabase()
      .orm.select({ slug: rooms.slug, epoch: rooms.epoch })
      .from(rooms)
      .where(and(eq(rooms.workspaceId, workspaceId), eq(rooms.id, room.id)))
    return row
  }
  const head = async () => {
    const mine = eq(workspaceDocs.workspaceId, workspaceId)
    const [row] = await openDatabase()
      .orm.select({ head: workspaceDocs.head })
      .from(workspaceDocs)
      .where(mine)
    return row!.head
  }

  it.each([
    ['the links that it had', 0],
    ['those that it had before a reset', 1]
  ])('also once it was gone for good, and is made again with %s', async (_which, resets) => {
    const old = entriesOf(mine.doc)
    const { slug } = linksOf(mine.doc)
    for (let i = 0; i < resets; i++) resetLinks(mine.doc, room, Date.now())
    await allStored(mine)
    const before = linksOf(mine.doc)
    await goForGood()
    await makeAgain(old)
    await vi.waitFor(() => {
      expect(linksOf(mine.doc).epoch).toBeGreaterThan(before.epoch)
      expect(linksOf(mine.doc).slug).not.toBe(slug)
    }, 10_000)
    expect(mine.heard).toContainEqual(expect.objectContaining({ type: 'notice', code: 'links-kept-epoch' }))
    await vi.waitFor(async () => {
      expect([await answer(slug), await answer(linksOf(mine.doc).slug)]).toEqual(['link-reset', 'Original'])
    })
    expect(mine.closed()).toBeNull()
    // And once only: what it has now stands.
    const given = linksOf(mine.doc)
    editItem(mine.doc, room, { look: { accent: '#aabbcc' } }, Date.now())
    await allStored(mine)
    expect(linksOf(mine.doc)).toEqual(given)
  })

  it('where it is made again with an epoch that it never had, under its old slug: both stand', async () => {
    const old = entriesOf(mine.doc)
    const { slug, epoch } = linksOf(mine.doc)
    await goForGood()
    const made = old.map(([key, entry]): [string, Entry] =>
      key.endsWith('/links') ? [key, [{ slug, epoch: epoch + 1_000 }, Date.now()]] : [key, entry]
    )
    await makeAgain(made)
    await vi.waitFor(async () => {
      expect(await answer(slug)).toBe('Original')
    })
    expect(linksOf(mine.doc)).toEqual({ slug, epoch: epoch + 1_000 })
  })

  it('through a restore: a reset stays a reset', async () => {
    const { slug } = linksOf(mine.doc)
    resetLinks(mine.doc, room, Date.now())
    await allStored(mine)
    const later = linksOf(mine.doc)
    await restoreTo(1)
    expect(await storedLinks()).toEqual(later)
    expect([await answer(slug), await answer(later.slug)]).toEqual(['link-reset', 'Original'])
  })

  it('through a restore of what was gone: its participant link leads there again, no host link does', async () => {
    resetLinks(mine.doc, room, Date.now())
    await allStored(mine)
    const before = linksOf(mine.doc)
    await goForGood()
    await restoreTo(1)
    const after = (await storedLinks())!
    expect(after.slug).toBe(before.slug)
    expect(after.epoch).toBeGreaterThan(before.epoch)
    expect(await answer(after.slug)).toBe('Original')
  })

  it('through a restore that took it away, and one that brought it back', async () => {
    const first = room
    room = { kind: 'room', id: createRoom(mine.doc, { name: 'Second' }, 1) }
    await allStored(mine)
    const before = linksOf(mine.doc)
    const withBoth = await head()
    await restoreTo(1)
    expect(await answer(before.slug)).toBe('link-gone')
    await restoreTo(withBoth)
    const after = (await storedLinks())!
    expect(after.slug).toBe(before.slug)
    expect(after.epoch).toBeGreaterThan(before.epoch)
    room = first
    expect((await storedLinks())!.epoch).toBe(1)
  })
})
