import { createRoom, editItem } from '@foyer/doc'
import { encodeUsage } from '@foyer/sync/protocol'
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { nanoid } from 'nanoid'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LIVE_FOR_MS } from '../src/workspace/usage/live-counts.ts'
import { adoptWorkspace, signUp } from './account.ts'
import { allStored, connect, join, type Replica } from './replica.ts'

let workspaceId: string
let cookie: string
let host: Replica
let id: string

beforeEach(async () => {
  ;({ cookie } = await signUp())
  workspaceId = await adoptWorkspace(cookie)
  host = await join(workspaceId, cookie)
  id = createRoom(host.doc, { name: 'Weekly' }, Date.now())
  await allStored(host)
})
afterEach(() => {
  vi.useRealTimers()
})

const workspaceObject = () => env.WORKSPACE_OBJECT.getByName(workspaceId)
const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000 })
/** All that a replica heard of an item's use, oldest first. */
const heard = (replica: Replica, itemId = id) =>
  replica.heard
    .flatMap(message => (message.type === 'usage' ? message.entries : []))
    .filter(entry => entry.itemId === itemId)
    .map(({ lastUsedAt, live }) => [lastUsedAt, live])
const allLeave = async (...replicas: Replica[]) => {
  for (const replica of replicas) replica.close()
  await vi.waitFor(async () => {
    const left = await runInDurableObject(workspaceObject(), (_object, state) => state.getWebSockets().length)
    expect(left).toBe(0)
  })
}

describe('S29 how many people are in an item', () => {
  it('is broadcast at once with the time of use, and sent to new connections', async () => {
    const other = await join(workspaceId, cookie)
    const stock = await connect(workspaceId, cookie, { protocol: 'stock' })
    const usedAt = Date.now() - 1_000
    host.sendRaw(encodeUsage([{ itemId: id, lastUsedAt: usedAt, live: 99 }])) // a client's count means nothing
    await until(() => {
      expect(heard(other)).toEqual([[usedAt, 0]])
    })
    await workspaceObject().setLive(id, 3)
    await workspaceObject().setLive(id, 3)
    await workspaceObject().setLive(id, 2)
    for (const replica of [host, other]) {
      await until(() => {
        expect(heard(replica).slice(1)).toEqual([
          [usedAt, 3],
          [usedAt, 2]
        ])
      })
    }
    const newcomer = await join(workspaceId, cookie)
    expect(heard(newcomer)).toEqual([[usedAt, 2]])
    expect(stock.heard.filter(({ type }) => type === 'usage')).toEqual([])
  })

  it('is broadcast for an item that was never used', async () => {
    await workspaceObject().setLive(id, 1)
    expect(heard(await join(workspaceId, cookie))).toEqual([[0, 1]])
  })

  it('is ignored for an unknown item', async () => {
    const unknown = nanoid()
    await workspaceObject().setLive(unknown, 5)
    await allLeave(host)
    await evictDurableObject(workspaceObject())
    await workspaceObject().setLive(unknown, 5) // with nobody there the document is not looked at
    await workspaceObject().setLive(id, 1)
    const newcomer = await join(workspaceId, cookie)
    expect([heard(newcomer, unknown), heard(newcomer)]).toEqual([[], [[0, 1]]])
  })

  it('ends with the item', async () => {
    await workspaceObject().setLive(id, 5)
    editItem(host.doc, { kind: 'room', id }, { deletedAt: 0 }, Date.now())
    await allStored(host)
    await evictDurableObject(workspaceObject())
    expect(heard(await join(workspaceId, cookie))).toEqual([])
  })

  it('is 0 for a use reported after the item was deleted', async () => {
    await workspaceObject().setLive(id, 5)
    editItem(host.doc, { kind: 'room', id }, { deletedAt: 0 }, Date.now())
    await allStored(host)
    host.sendRaw(encodeUsage([{ itemId: id, lastUsedAt: Date.now() - 1_000, live: 0 }]))
    await until(() => {
      expect(heard(host)).toEqual([
        [0, 5],
        [0, 0]
      ])
    })
  })

  it('survives hibernation, also when set without connections', async () => {
    await workspaceObject().setLive(id, 4)
    await evictDurableObject(workspaceObject())
    const other = await join(workspaceId, cookie)
    expect(heard(other)).toEqual([[0, 4]])
    await allLeave(host, other)
    await evictDurableObject(workspaceObject())
    await workspaceObject().setLive(id, 6)
    await evictDurableObject(workspaceObject())
    expect(heard(await join(workspaceId, cookie))).toEqual([[0, 6]])
  })

  it('falls to 0 after two minutes without renewal, also during hibernation', async () => {
    await workspaceObject().setLive(id, 4)
    await evictDurableObject(workspaceObject())
    vi.useFakeTimers({ now: Date.now() + LIVE_FOR_MS, toFake: ['Date'] })
    expect(await runDurableObjectAlarm(workspaceObject())).toBe(true)
    await until(() => {
      expect(heard(host)).toEqual([
        [0, 4],
        [0, 0]
      ])
    })
    expect(heard(await join(workspaceId, cookie))).toEqual([])
  })
})
