import {
  createRoom,
  createWebinar,
  editItem,
  itemRoot,
  purgeItem,
  readItem,
  readItems,
  resetLinks
} from '@foyer/doc'
import type { ItemRef } from '@foyer/doc'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Y from 'yjs'
import { restoreWorkspace } from '../src/room/restore.ts'
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

  it('through a restore, which brings an old slug back to its item', async () => {
    const slug = slugOf(mine.doc, room)
    resetLinks(mine.doc, room, Date.now())
    await allStored(mine)
    const later = slugOf(mine.doc, room)
    await restoreWorkspace({ database: openDatabase(), workspaceId, seq: 1, now: Date.now() })
    expect([await answer(slug), await answer(later)]).toEqual(['Original', 'link-reset'])
  })
})
