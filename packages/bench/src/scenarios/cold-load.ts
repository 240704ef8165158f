import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { contentHash } from '../client/content-hash.ts'
import { assertConnected, Device } from '../client/device.ts'
import { waitUntil } from '../client/wait.ts'
import { newClient, Workload } from '../client/workload.ts'
import { bytes, count, median, milliseconds, progress, type Figure, type Scenario } from '../figure.ts'
import { withServer, type BenchServer, type Workspace } from '../server/bench-server.ts'

const CASES = [
  { rooms: 1_000, targetMs: 300 },
  { rooms: 10_000, targetMs: 1_500 }
]
const EDITS_PER_ROOM = 10
/** After this many edits a device gets a new Yjs client, as a reopened page does. */
const EDITS_PER_SESSION = 50
const RESTARTS = 3
/** Devices writing the history, each in its own rooms, and their unacknowledged edits at most. */
const WRITERS = 20
const AHEAD = 64
/** A connection that sends more than a thousand messages a second is refused. */
const MOST_PER_SECOND = 900

/** How long a new device takes to load a workspace with a history, after a full restart. */
export const coldLoad: Scenario = async ({ quick }) => {
  const figures: Figure[] = []
  for (const { rooms, targetMs } of quick ? CASES.slice(0, 1) : CASES) {
    figures.push(...(await withServer(server => measure(server, rooms, targetMs))))
  }
  return figures
}

const measure = async (server: BenchServer, rooms: number, targetMs: number): Promise<Figure[]> => {
  const workspace = await server.createWorkspace()
  const edits = rooms * (EDITS_PER_ROOM + 1)
  const began = performance.now()
  const docs = await writeHistory(workspace, rooms)
  const rate = edits / ((performance.now() - began) / 1_000)
  progress(`${count(rooms)} rooms: ${count(edits)} edits stored, ${count(rate)}/s`)
  const hash = contentHash(...docs)
  await sleep(2_000) // a compaction may still be running
  const loads: Load[] = []
  const warm: Load[] = []
  for (let restart = 0; restart < RESTARTS; restart++) {
    await server.restart()
    loads.push(await load(workspace, hash))
    warm.push(await load(workspace, hash))
  }
  const took = median(loads.map(({ ms }) => ms))
  return [
    {
      what: `fresh device after a restart of everything, ${count(rooms)} rooms with ${EDITS_PER_ROOM} edits each`,
      measured: milliseconds(took),
      target: `≤ ${milliseconds(targetMs)}`,
      passed: took <= targetMs,
      peerKey: `cold-load-${rooms}`
    },
    {
      what: '  another device, with the workspace in memory; bytes sent to it',
      measured: `${milliseconds(median(warm.map(({ ms }) => ms)))}; ${bytes(warm[0]?.received ?? 0)}`,
      target: '',
      passed: null
    }
  ]
}

interface Load {
  /** From connecting until all content has arrived, without the device's time to apply it. */
  ms: number
  received: number
}

/** @throws {Error} the received content is incomplete */
const load = async (workspace: Workspace, hash: string): Promise<Load> => {
  const updates: Uint8Array[] = []
  const device = new Device(workspace, { onUpdate: update => updates.push(Uint8Array.from(update)) })
  const ms = (await device.synced) - device.openedAt
  // An incomplete answer would be fast but wrong. Updates from now on do not count.
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const received = device.bytesReceived
  device.close()
  if (contentHash(doc) !== hash) throw new Error('a fresh device did not get everything')
  return { ms, received }
}

/** @returns a document per writer, as one document with all sessions would be slow */
const writeHistory = async (workspace: Workspace, rooms: number): Promise<Y.Doc[]> => {
  const writers = Array.from({ length: WRITERS }, () => ({
    device: new Device(workspace),
    workload: new Workload(),
    client: newClient()
  }))
  const devices = writers.map(({ device }) => device)
  await Promise.all(devices.map(device => device.synced))
  const began = performance.now()
  for (let edit = 0; edit < (rooms * (EDITS_PER_ROOM + 1)) / WRITERS; edit++) {
    for (const writer of writers) {
      const { device, workload } = writer
      if (edit % EDITS_PER_SESSION === 0) writer.client = newClient()
      const ownRooms = rooms / WRITERS
      const update =
        edit < ownRooms
          ? workload.addRoom(writer.client, Date.now())
          : workload.rename(edit % ownRooms, writer.client, Date.now())
      device.sendUpdate(update)
    }
    await waitUntil('the history is stored', () => {
      assertConnected(devices)
      return devices.every(({ sent, durable }) => sent - durable < AHEAD)
    })
    const early = (edit / MOST_PER_SECOND) * 1_000 - (performance.now() - began)
    if (early > 0) await sleep(early)
  }
  await waitUntil('the history is stored', () => devices.every(({ sent, durable }) => sent === durable))
  for (const device of devices) device.close()
  return writers.map(({ workload }) => workload.doc)
}
