import { rooms, usage, webinars } from '@foyer/db'
import { createRoom, createWebinar, inHomeOrder, readItems, roomRank, webinarRank } from '@foyer/doc'
import { beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { insertRows } from '../src/bulk-statements.ts'
import { itemRow } from '../src/workspace/storage/projection.ts'
import { adoptWorkspace, openDatabase, request, signUp } from './account.ts'

let cookie: string
let workspaceId: string
beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
})

const idsOf = async (list: 'rooms' | 'webinars') => {
  const response = await request(`/api/workspaces/${workspaceId}/${list}`, { cookie })
  const body = await response.json<Record<string, { id: string }[]>>()
  return body[list]?.map(({ id }) => id)
}
const ids = (items: { id: string }[]) => items.map(({ id }) => id)
/** Few different times, so that each sort key has ties to settle. */
const someTime = (index: number) => 1_000_000 * (1 + ((index * 7) % 4))

it('the server has rooms in the order in which devices show them', async () => {
  const doc = new Y.Doc()
  const now = Date.now()
  const used = new Map<string, number>()
  for (let i = 0; i < 40; i++) {
    const createdAt = i % 9 === 0 ? now + 1_000_000 : someTime(i)
    const id = createRoom(doc, { name: `Room ${i}` }, createdAt)
    if (i % 3 > 0) used.set(id, someTime(i >> 1))
  }
  const items = readItems(doc, 'room')
  const usedRows = [...used].map(([itemId, lastUsedAt]) => ({ workspaceId, itemId, lastUsedAt }))
  await openDatabase().client.batch([
    ...insertRows(
      rooms,
      items.map(item => itemRow(item, workspaceId, 1))
    ),
    ...insertRows(usage, usedRows)
  ])
  const shown = inHomeOrder(items, ({ id, createdAt }) => roomRank(used.get(id) ?? Math.min(createdAt, now)))
  expect(await idsOf('rooms')).toEqual(ids(shown))
})

it('the server has webinars in the order in which devices show them', async () => {
  const doc = new Y.Doc()
  const now = Date.now()
  const day = (offset: number) => new Date(now + offset * 86_400_000).toISOString().slice(0, 16)
  for (let i = 0; i < 40; i++) {
    const startsAt = i % 10 === 0 ? '1000-01-01T00:00' : i % 11 === 0 ? '9999-12-31T23:59' : day((i % 7) - 3)
    const schedule = { startsAt, timeZone: 'UTC', minutes: 10 + 600 * (i % 3) }
    createWebinar(doc, { name: `Webinar ${i}`, schedule }, someTime(i))
  }
  const items = readItems(doc, 'webinar')
  await openDatabase().client.batch(
    insertRows(
      webinars,
      items.map(item => itemRow(item, workspaceId, 1))
    )
  )
  const shown = inHomeOrder(items, webinar => webinarRank(webinar, now))
  expect(await idsOf('webinars')).toEqual(ids(shown))
})
