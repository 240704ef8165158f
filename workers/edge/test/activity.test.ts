import { createRoom, editItem, itemRoot } from '@foyer/doc'
import { beforeEach, expect, it } from 'vitest'
import { adoptWorkspace, request, signUp } from './account.ts'
import { allStored, join, type Replica } from './replica.ts'

interface Page {
  activity: { key: string; outcome: string; from: unknown; to: unknown; userName: string | null }[]
  next: string | null
}

let cookie: string
let workspaceId: string
let replica: Replica

beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
  replica = await join(workspaceId, cookie)
})

const page = async (before?: string) => {
  const query = before === undefined ? '' : `?before=${before}`
  return (await request(`/api/workspaces/${workspaceId}/activity${query}`, { cookie })).json<Page>()
}

it('lists who changed what, from which value to which, newest first', async () => {
  const id = createRoom(replica.doc, { name: 'Weekly' }, 1)
  await allStored(replica)
  editItem(replica.doc, { kind: 'room', id }, { name: 'Daily' }, 2)
  await allStored(replica)
  const { activity, next } = await page()
  expect(activity[0]).toMatchObject({
    key: `${id}/name`,
    outcome: 'edited',
    from: 'Weekly',
    to: 'Daily',
    userName: 'Ada'
  })
  expect(next).toBeNull()
})

it('keeps the value that lost to a later edit', async () => {
  const id = createRoom(replica.doc, { name: 'Weekly' }, 1_000)
  await allStored(replica)
  itemRoot(replica.doc, 'room').set(`${id}/name`, ['Too early', 500])
  await allStored(replica)
  const entry = (await page()).activity.find(({ outcome }) => outcome === 'superseded')
  expect(entry).toMatchObject({ key: `${id}/name`, from: 'Too early', to: 'Weekly' })
})

it('is paginated without gaps or duplicates', async () => {
  replica.doc.transact(() => {
    for (let i = 0; i < 120; i++) createRoom(replica.doc, { name: `Room ${i}` }, i)
  })
  await allStored(replica)
  const keys: string[] = []
  for (let cursor: string | undefined; ;) {
    const { activity, next } = await page(cursor)
    keys.push(...activity.map(({ key }) => key))
    if (next === null) break
    cursor = next
  }
  expect(keys).toHaveLength(120)
  expect(new Set(keys).size).toBe(keys.length)
})

it('is for members only and rejects an invalid cursor', async () => {
  const stranger = await signUp()
  const path = `/api/workspaces/${workspaceId}/activity`
  expect((await request(path, { cookie: stranger.cookie })).status).toBe(403)
  expect((await request(`${path}?before=x`, { cookie })).status).toBe(400)
})
