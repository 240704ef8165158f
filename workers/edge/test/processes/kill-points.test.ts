import { createRoom, createWebinar, editItem } from '@foyer/doc'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { BrokenProxy, Fault } from './database-proxy.ts'
import { makeHost } from './host.ts'
import { createDevices, type ProcessDevice } from './process-device.ts'
import { expectAllStored, startProxiedStack, type ProxiedStack } from './proxied-stack.ts'
import { STATEMENT } from './statements.ts'

/** For a machine under load. */
const PATIENCE = { timeout: 20_000, interval: 5 }

let proxied: ProxiedStack

beforeAll(async () => {
  proxied = await startProxiedStack()
})
afterAll(() => proxied.stop())

/** Where the Worker is stopped for good: a request to the database, and how far it got. */
type Point = [when: string, statement: string, fault: Fault]

const open = async () => {
  const { stack, proxy, database } = proxied
  const host = await makeHost(stack)
  const device = createDevices(stack, host)()
  onTestFinished(() => {
    device.client.destroy()
  })
  /** The next request of this workspace that says so goes no further. */
  const hold = (statement: string, fault: Fault) => {
    const held = proxy.break(fault, { only: [host.workspaceId, statement], times: 1 })
    onTestFinished(held.heal)
    return held
  }
  return { device, hold, expectAllStored: () => expectAllStored(device, database, host) }
}

/** SIGKILL while the request is held; then it starts again, and the database is well. */
const killThere = async (held: BrokenProxy): Promise<void> => {
  const { stack } = proxied
  await vi.waitFor(() => {
    expect(held.met).toBe(1)
  }, PATIENCE)
  await stack.killWorker()
  await stack.startWorker()
}

describe('S8: the Worker is killed', () => {
  it.each<Point>([
    ['before a commit reaches the database', STATEMENT.commit, 'hangs'],
    ['when the database has a commit and has not said so', STATEMENT.commit, 'answers too late'],
    ['when it reads the answer to a commit', STATEMENT.commit, 'answers half']
  ])('%s', async (_when, statement, fault) => {
    const { device, hold, expectAllStored } = await open()
    const id = createRoom(device.doc, { name: 'Acknowledged' }, Date.now())
    await device.synced()
    const held = hold(statement, fault)
    editItem(device.doc, { kind: 'room', id }, { name: 'On its way' }, Date.now())
    await killThere(held)
    await device.synced()
    await expectAllStored()
  })

  it.each<Point>([
    ['before it claims the document', STATEMENT.claim, 'hangs'],
    ['when it has claimed the document', STATEMENT.claim, 'answers too late'],
    ['when it reads what was stored', STATEMENT.readUpdates, 'answers half']
  ])('%s', async (_when, statement, fault) => {
    const { device, hold, expectAllStored } = await open()
    const id = createRoom(device.doc, { name: 'Acknowledged' }, Date.now())
    await device.synced()
    await proxied.stack.killWorker()
    const held = hold(statement, fault)
    editItem(device.doc, { kind: 'room', id }, { name: 'While it was away' }, Date.now())
    await proxied.stack.startWorker()
    await killThere(held)
    await device.synced()
    await expectAllStored()
  })

  it.each<Point>([
    ['before a snapshot reaches the database', STATEMENT.writeSnapshot, 'hangs'],
    ['when a snapshot is written', STATEMENT.writeSnapshot, 'answers too late'],
    ['when it reads a snapshot back', STATEMENT.readSnapshot, 'answers half'],
    ['before it drops what a snapshot covers', STATEMENT.dropCovered, 'hangs'],
    ['when that is dropped', STATEMENT.dropCovered, 'answers too late']
  ])('%s', async (_when, statement, fault) => {
    const { device, hold, expectAllStored } = await open()
    await device.synced()
    const held = hold(statement, fault)
    writeMegabyte(device)
    await device.synced() // nobody waits for a compaction
    await killThere(held)
    createRoom(device.doc, { name: 'Afterwards' }, Date.now())
    await device.synced()
    await expectAllStored()
  })
})

/** A reason to compact. */
const writeMegabyte = ({ doc }: ProcessDevice): void => {
  const schedule = { startsAt: '2027-03-01T10:00', timeZone: 'Europe/Berlin', minutes: 60 }
  doc.transact(() => {
    for (let i = 0; i < 600; i++) {
      const description = String(i).padEnd(1_900, ' and so on')
      createWebinar(doc, { name: `Webinar ${i}`, schedule, description }, Date.now())
    }
  })
}
