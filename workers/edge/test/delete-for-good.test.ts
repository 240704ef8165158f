import { rooms } from '@foyer/db'
import { createRoom, editItem, readItem } from '@foyer/doc'
import { and, eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { adoptWorkspace, openDatabase, request, signUp } from './account.ts'
import { allStored, join } from './replica.ts'

const setUp = async () => {
  const { cookie } = await signUp()
  const workspaceId = await adoptWorkspace(cookie)
  return { cookie, workspaceId, join: (doc?: Y.Doc) => join(workspaceId, cookie, doc) }
}
const rowsOf = (workspaceId: string, id: string) =>
  openDatabase()
    .orm.select()
    .from(rooms)
    .where(and(eq(rooms.workspaceId, workspaceId), eq(rooms.id, id)))
const linkStatus = async (slug: string) => (await request(`/api/links/${slug}`)).status

it('removes an item everywhere, with its row and its link', async () => {
  const { workspaceId, join } = await setUp()
  const one = await join()
  const other = await join()
  const ref = { kind: 'room', id: createRoom(one.doc, { name: 'Weekly' }, Date.now()) } as const
  const { slug } = readItem(one.doc, ref)!
  editItem(one.doc, ref, { deletedAt: Date.now() }, Date.now())
  await allStored(one)
  expect([await linkStatus(slug), (await rowsOf(workspaceId, ref.id)).length]).toEqual([200, 1])

  editItem(one.doc, ref, { deletedAt: 0 }, Date.now())
  await allStored(one)
  await vi.waitFor(() => {
    expect([one.doc.getMap('rooms').size, other.doc.getMap('rooms').size]).toEqual([0, 0])
  })
  expect([await linkStatus(slug), (await rowsOf(workspaceId, ref.id)).length]).toEqual([410, 0])
  expect((await join()).doc.getMap('rooms').size).toBe(0)
})

it('leaves no trace of an item that was never synced', async () => {
  const { cookie, workspaceId, join } = await setUp()
  const offline = new Y.Doc()
  const ref = { kind: 'room', id: createRoom(offline, { name: 'Never seen' }, Date.now()) } as const
  const { slug } = readItem(offline, ref)!
  editItem(offline, ref, { deletedAt: Date.now() }, Date.now())
  editItem(offline, ref, { deletedAt: 0 }, Date.now())
  await allStored(await join(offline))
  expect([await linkStatus(slug), (await rowsOf(workspaceId, ref.id)).length]).toEqual([404, 0])
  const log = await request(`/api/workspaces/${workspaceId}/activity`, { cookie })
  expect(await log.json()).toMatchObject({ activity: [] })
})
