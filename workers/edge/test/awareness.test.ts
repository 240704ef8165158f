import { createRoom } from '@foyer/doc'
import { CLOSE, encodeAwareness, encodeQueryAwareness } from '@foyer/sync/protocol'
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import { decodeStates, encodeStates } from '../src/workspace/connection/awareness-states.ts'
import { addPerson, adoptWorkspace, signUp, userIdOf } from './account.ts'
import { allStored, connect, join, type Replica } from './replica.ts'

let workspaceId: string
let owner: { cookie: string }
let good: Replica
let bad: Replica

beforeEach(async () => {
  owner = await signUp()
  workspaceId = await adoptWorkspace(owner.cookie)
  good = await join(workspaceId, owner.cookie)
  bad = await join(workspaceId, (await addPerson(workspaceId, 'member')).cookie)
})

const until = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000 })
const shows = (client: number, clock: number, state: unknown) =>
  encodeAwareness(encodeStates([{ client, clock, json: JSON.stringify(state) }]))
const heardBy = ({ heard }: Replica) =>
  heard.flatMap(message => (message.type === 'awareness' ? decodeStates(message.update) : []))
const goesOn = async (replica: Replica) => {
  createRoom(replica.doc, { name: 'Still working' }, 2)
  await allStored(replica)
  expect(replica.closed()).toBeNull()
}

it('takes the user from the session and removes closed clients (S37)', async () => {
  good.sendRaw(shows(1, 0, { user: { id: 'x', name: 'Eve', role: 'admin' }, at: 'home' }))
  const user = { id: await userIdOf(owner.cookie), name: 'Ada', role: 'owner' }
  await until(() => {
    expect(heardBy(bad).map(({ json }) => JSON.parse(json) as unknown)).toEqual([{ at: 'home', user }])
  })
  const late = await connect(workspaceId, owner.cookie, { protocol: 'stock' })
  await until(() => {
    expect(heardBy(late)).toMatchObject([{ client: 1 }])
  })
  good.close()
  await until(() => {
    expect(heardBy(bad).at(-1)).toMatchObject({ client: 1, json: 'null' })
  })
})

it('closes only the peer that floods awareness queries', async () => {
  good.sendRaw(shows(1, 0, { at: 'home' }))
  for (let i = 0; i < 2_000; i++) bad.sendRaw(encodeQueryAwareness())
  await until(() => {
    expect(bad.closed()?.code).toBe(CLOSE.tooFast)
  })
  expect(good.heard.filter(({ type }) => type === 'query-awareness')).toEqual([])
  await goesOn(good)
})

it('closes the peer that floods new states, not the stock clients that echo them', async () => {
  for (let clock = 0; clock < 1_500; clock++) bad.sendRaw(shows(1, clock, { clock }))
  await until(() => {
    expect(bad.closed()?.code).toBe(CLOSE.tooFast)
    expect(heardBy(good).at(-1)?.json).toBe('null')
  })
  for (const message of good.heard) {
    if (message.type === 'awareness') good.sendRaw(encodeAwareness(message.update))
  }
  await goesOn(good)
})

it('removes the awareness of a connection that ends during hibernation', async () => {
  good.sendRaw(shows(1, 3, { at: 'home' }))
  await until(() => {
    expect(heardBy(bad)).toHaveLength(1)
  })
  await evictDurableObject(env.WORKSPACE_OBJECT.getByName(workspaceId))
  bad.sendRaw(shows(1, 9, { at: 'elsewhere' }))
  await until(() => {
    expect(bad.heard).toContainEqual(expect.objectContaining({ type: 'notice', code: 'foreign-awareness' }))
  })
  await evictDurableObject(env.WORKSPACE_OBJECT.getByName(workspaceId))
  good.close()
  await until(() => {
    expect(heardBy(bad).at(-1)).toEqual({ client: 1, clock: 3, json: 'null' })
  })
})
