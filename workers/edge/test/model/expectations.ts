import {
  isCreation,
  isDeletion,
  isFieldKey,
  ITEM_KINDS,
  readItem,
  readItems,
  splitKey,
  type Entry
} from '@foyer/doc'
import * as Y from 'yjs'
import { expect } from 'vitest'
import type { Device } from './device.ts'
import { contentOf, covers, raise, endsOf, type Write } from './record.ts'
import type { World } from './world.ts'

/** A clock this far ahead of the server's is wrong. */
const TOLERANCE_MS = 2 * 60_000

/**
 * Everything comes back: network, database, people's pages. Who is no member any more stays out.
 */
export const comeToRest = async (world: World): Promise<void> => {
  const { database, network, devices, server, time } = world
  database.beWell()
  // A clock that was set while connected is right again with the next connection, not before.
  for (const connection of network.connections) connection.drop()
  for (const device of devices) {
    network.setOffline(device.host, false)
    if (device.tabs.length === 0) device.openTab()
  }
  await time.pass(150_000)
  const refused = () =>
    devices.filter(device => device.tabs.some(({ client }) => client.status === 'refused'))
  for (const { tabs } of refused()) for (const { client } of tabs) client.retryNow()
  await time.pass(60_000)
  for (const device of refused()) if (server.roles.has(device.userId)) device.forget()
  await time.pass(120_000)
}

/** The document as the database alone has it. */
export const storedDocument = ({ database }: World): Y.Doc => {
  const doc = new Y.Doc()
  const snapshot = database.rows.snapshots.at(-1)
  if (snapshot !== undefined) Y.applyUpdate(doc, snapshot.bytes)
  for (const [seq, update] of database.rows.updates)
    if (seq > (snapshot?.seq ?? 0)) Y.applyUpdate(doc, update)
  return doc
}

/** What must hold once a run has come to rest. */
export const expectAllIsWell = (world: World): void => {
  const { record, server, devices } = world
  expect(record.faults.join('\n')).toBe('')
  const stored = storedDocument(world)
  expectNothingPending(stored)
  expectWholeLog(world)
  expectProjection(world, stored)
  expectOnlyWhatWasAllowed(world, stored)
  expectLaterEditsToStand(world, stored)
  for (const device of devices) if (server.roles.has(device.userId)) expectReplica(device, stored, world)
  expectUsage(world, stored)
}

const expectNothingPending = ({ store }: Y.Doc): void => {
  expect(store.pendingStructs).toBeNull()
  expect(store.pendingDs).toBeNull()
}

const expectReplica = ({ host, tabs }: Device, stored: Y.Doc, { database }: World): void => {
  for (const { client, doc, usage } of tabs) {
    expect(`${host} ${client.status}`).toBe(`${host} synced`)
    expectNothingPending(doc)
    expect(contentOf(doc)).toBe(contentOf(stored))
    expect(usage.pending()).toEqual({})
    for (const kind of ITEM_KINDS) {
      for (const { id } of readItems(stored, kind)) {
        expect(usage.lastUsedAt(id)).toBe(database.rows.usage.get(id))
      }
    }
  }
}

/** Every number once, from the first to the head; what is kept is without a gap too. */
const expectWholeLog = ({ record, database: { rows } }: World): void => {
  expect(record.commits.map(({ seq }) => seq)).toEqual(record.commits.map((_, index) => index + 1))
  expect(record.commits.length).toBe(rows.head)
  const kept = [...rows.updates.keys()]
  expect(kept).toEqual(kept.map((_, index) => rows.head - kept.length + index + 1))
  expect(rows.snapshots.at(-2)?.seq ?? 0).toBeGreaterThanOrEqual((kept[0] ?? rows.head + 1) - 1)
}

const expectProjection = ({ database }: World, stored: Y.Doc): void => {
  const items = ITEM_KINDS.flatMap(kind => readItems(stored, kind))
  const expected = items.map(item => [`${item.kind}/${item.id}`, item] as const)
  const byId = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)
  expect([...database.rows.items].sort(byId)).toEqual([...expected].sort(byId))
  // Nothing is left of what is no item.
  for (const kind of ITEM_KINDS) {
    for (const key of stored.getMap(`${kind}s`).keys()) {
      expect(readItem(stored, { kind, id: splitKey(key)?.id ?? '' }), key).toBeDefined()
    }
  }
}

/** Everything that stands there was written by somebody who may write, or by the server itself. */
const expectOnlyWhatWasAllowed = ({ record, database }: World, stored: Y.Doc): void => {
  const ends = Y.decodeStateVector(Y.encodeStateVector(stored))
  expect(covers(ends, record.durable)).toBe(true)
  for (const client of ends.keys()) {
    const author = record.authors.get(client)
    expect(database.rows.clients.get(client)).toBe(author ?? 'server')
  }
}

/**
 * Of all values that reached the server for a field, none that was edited later than the one that
 * stands.
 */
const expectLaterEditsToStand = (world: World, stored: Y.Doc): void => {
  for (const [place, writes] of acceptedWrites(world)) {
    const [root = '', key = ''] = place.split(' ')
    const stands = stored.getMap<Entry>(root).get(key)
    const id = splitKey(key)?.id ?? ''
    if (stands === undefined) {
      expect(world.record.purged.has(id), `${key} is gone`).toBe(true)
    } else if (isFieldKey(key, 'links')) {
      // Whose reset came first counts here too: an epoch never falls, whoever was later.
      const last = writes.reduce((a, b) => (b.entry[1] > a.entry[1] ? b : a))
      expect(epochOf(stands)).toBeGreaterThanOrEqual(epochOf(last.entry))
      expect(writes.map(({ entry }) => entry[0])).toContainEqual(stands[0])
    } else {
      const latest = Math.max(...writes.map(({ entry }) => entry[1]))
      expect(stands[1], `${key}: ${JSON.stringify({ stands, writes })}`).toBe(latest)
      const values = writes.filter(({ entry }) => entry[1] === latest).map(({ entry }) => entry[0])
      if (!isDeletion(key)) expect(values, key).toContainEqual(stands[0])
    }
  }
}

const epochOf = (entry: Entry): number => (entry[0] as { epoch: number }).epoch

/** By place: what the commits brought, each with the times that the server takes for it. */
const acceptedWrites = ({ record }: World): Map<string, Write[]> => {
  const byPlace = new Map<string, Write[]>()
  const known = new Map<number, number>()
  for (const commit of record.commits) {
    for (const write of record.writesOf(commit, known)) {
      const [value, editedAt] = write.entry
      const timeOf = (at: number) => (at > commit.now + TOLERANCE_MS ? commit.now : at)
      const taken = isCreation(write.key) ? timeOf(value as number) : value
      const place = `${write.root} ${write.key}`
      byPlace.set(place, [...(byPlace.get(place) ?? []), { ...write, entry: [taken, timeOf(editedAt)] }])
    }
    raise(known, endsOf(commit.update))
  }
  return byPlace
}

/** No use is forgotten; how late a wrong clock may have told it, the server's own rules say. */
const expectUsage = ({ record, database, server, devices }: World, stored: Y.Doc): void => {
  const exists = (id: string) => ITEM_KINDS.some(kind => readItem(stored, { kind, id }) !== undefined)
  for (const { device: host, itemId, at, trueAt } of record.marks) {
    const device = devices.find(one => one.host === host)
    if (device === undefined || !server.roles.has(device.userId) || !exists(itemId)) continue
    const least = Math.min(at, trueAt) - device.steppedBackMs - 10_000
    expect(database.rows.usage.get(itemId) ?? 0, `use of ${itemId} by ${host}`).toBeGreaterThanOrEqual(least)
  }
}
