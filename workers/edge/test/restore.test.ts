import { createRoom, editItem, readItems, readWorkspaceName, renameWorkspace } from '@foyer/doc'
import { CLOSE, encodeMissing } from '@foyer/sync/protocol'
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createDatabase } from '../src/database.ts'
import { RestoreError, restoreWorkspace } from '../src/workspace/upkeep/restore.ts'
import { parseSettings } from '../src/settings.ts'
import { adoptWorkspace, request, signUp } from './account.ts'
import { allStored, connect, join, type Replica } from './replica.ts'

const database = createDatabase(parseSettings(env))
let cookie: string
let workspaceId: string
let old: Replica
let ids: string[]

const restoreTo = (seq: number) => restoreWorkspace({ database, workspaceId, seq, now: Date.now() })
const names = (doc: Y.Doc) =>
  readItems(doc, 'room')
    .map(room => room.name)
    .sort()
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5_000 })

beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
  old = await join(workspaceId, cookie)
  ids = []
  for (const name of ['One', 'Two']) {
    ids.push(createRoom(old.doc, { name }, Date.now()))
    await allStored(old)
  }
  editItem(old.doc, { kind: 'room', id: ids[0] ?? '' }, { name: 'Spoilt' }, Date.now())
  await allStored(old)
})

/** Who comes first after a restore finds the instance of before, and is told to come again. */
const joinAfterRestore = async () => {
  const first = await connect(workspaceId, cookie)
  await until(() => {
    expect(first.closed()?.code).toBe(CLOSE.restarting)
  })
  expect(first.heard).toEqual([])
  return join(workspaceId, cookie)
}

it('restores an earlier state as a new generation with new replicas', async () => {
  expect(await restoreTo(2)).toEqual({ generation: 2 })
  const fresh = await joinAfterRestore()
  expect(old.closed()?.code).toBe(CLOSE.restarting)
  expect(fresh.heard[0]).toMatchObject({ type: 'hello', generation: 2 })
  expect(names(fresh.doc)).toEqual(['One', 'Two'])
  const rooms = await (
    await request(`/api/workspaces/${workspaceId}/rooms`, { cookie })
  ).json<{ rooms: unknown[] }>()
  expect(rooms.rooms).toHaveLength(2)
  const slug = readItems(fresh.doc, 'room')[0]?.slug ?? ''
  expect((await request(`/api/links/${slug}`)).status).toBe(200)
  createRoom(fresh.doc, { name: 'Three' }, Date.now())
  await allStored(fresh)
})

it('disconnects the old instance and connections, and lets no old replica merge', async () => {
  await restoreTo(1)
  createRoom(old.doc, { name: 'On the old generation' }, Date.now())
  await until(() => {
    expect(old.closed()?.code).toBe(CLOSE.restarting)
  })
  const comesBack = await connect(workspaceId, cookie, { generation: 1 })
  await until(() => {
    expect(comesBack.closed()?.code).toBe(CLOSE.otherGeneration)
  })
  expect(comesBack.heard.map(({ type }) => type)).toEqual(['hello'])

  // A stock client says no generation: its old Yjs client is known.
  const stock = await connect(workspaceId, cookie, { protocol: 'stock' })
  stock.sendRaw(encodeMissing(Y.encodeStateAsUpdate(old.doc)))
  await until(() => {
    expect(stock.closed()?.code).toBe(CLOSE.otherGeneration)
  })
  expect(names((await join(workspaceId, cookie)).doc)).toEqual(['One'])
})

it('S22 disconnects peers that stayed connected while the instance hibernated', async () => {
  await restoreTo(1)
  await evictDurableObject(env.WORKSPACE_OBJECT.getByName(workspaceId))
  const fresh = await join(workspaceId, cookie)
  createRoom(fresh.doc, { name: 'After' }, Date.now())
  await allStored(fresh)
  await until(() => {
    expect(old.closed()?.code).toBe(CLOSE.otherGeneration)
  })
  expect(names(old.doc)).toEqual(['Spoilt', 'Two'])
})

it('restores the workspace’s name, in the list of workspaces too', async () => {
  for (const name of ['Studio', 'Spoilt']) {
    renameWorkspace(old.doc, name, Date.now())
    await allStored(old)
  }
  await restoreTo(4)
  expect(readWorkspaceName((await joinAfterRestore()).doc)).toBe('Studio')
  const list = await (await request('/api/workspaces', { cookie })).json()
  expect(list).toMatchObject({ workspaces: [{ name: 'Studio' }] })
})

it('can itself be undone', async () => {
  await restoreTo(1)
  expect(await restoreTo(3)).toEqual({ generation: 3 })
  expect(names((await joinAfterRestore()).doc)).toEqual(['Spoilt', 'Two'])
})

it.each([0, 99, -1])('refuses commit %i, and changes nothing', async seq => {
  await expect(restoreTo(seq)).rejects.toThrow(RestoreError)
  expect(names((await join(workspaceId, cookie)).doc)).toEqual(['Spoilt', 'Two'])
})

it('fails for an unknown workspace', async () => {
  workspaceId = 'no-such-workspace'
  await expect(restoreTo(1)).rejects.toThrow('no workspace')
})
