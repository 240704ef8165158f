import { editItem, fieldKey, itemRoot } from '@foyer/doc'
import * as Y from 'yjs'
import { contentHash } from '../client/content-hash.ts'
import { assertConnected, Device } from '../client/device.ts'
import { waitUntil } from '../client/wait.ts'
import { readDocument, storeDocument } from '../client/whole-document.ts'
import { createWorkload } from '../client/workload.ts'
import { milliseconds, type Scenario } from '../figure.ts'
import { withServer, type Workspace } from '../server/bench-server.ts'

const DEVICES = 50
const ROOMS = 200
const TARGET_MS = 4_000
const HOUR_MS = 3_600_000
/** Silence this long after the last message means that all devices are up to date. */
const QUIET_MS = 1_000

/** A device that was offline, with its own document. */
interface OfflineDevice {
  doc: Y.Doc
  /** Applied after timing, since real devices would apply updates on their own processors. */
  received: { at: number; update: Uint8Array }[]
}

/** Many devices reconnect at once, each with a day's edits of the same rooms. */
export const offlineMerge: Scenario = ({ quick }) =>
  withServer(async server => {
    const edits = quick ? 100 : 1_000
    const workspace = await server.createWorkspace()
    const workload = createWorkload(ROOMS, Date.now() - 25 * HOUR_MS)
    await storeDocument(workspace, workload.doc)
    const devices = Array.from({ length: DEVICES }, (_, index) =>
      editOffline(workload.whole(), workload.rooms, { edits, device: index })
    )
    const latest = latestNames(devices, workload.rooms)

    const took = await reconnect(workspace, devices)
    const fresh = await readDocument(workspace)
    const hashes = new Set([...devices.map(({ doc }) => doc), fresh].map(doc => contentHash(doc)))
    const wins = workload.rooms.filter(
      id => JSON.stringify(itemRoot(fresh, 'room').get(fieldKey(id, 'name'))) === latest.get(id)
    )
    return [
      {
        what: `${DEVICES} devices × ${edits} offline edits on ${ROOMS} rooms reconnect → converged`,
        measured: milliseconds(took),
        target: `≤ ${milliseconds(TARGET_MS)}`,
        passed: took <= TARGET_MS,
        peerKey: 'offline-merge'
      },
      {
        what: '  content hashes of all devices and of a fresh one',
        measured: hashes.size === 1 ? 'equal' : `${hashes.size} different ones`,
        target: 'equal',
        passed: hashes.size === 1
      },
      {
        what: '  rooms where the later edit won',
        measured: `${((100 * wins.length) / ROOMS).toFixed(1)} %`,
        target: '100 %',
        passed: wins.length === ROOMS
      }
    ]
  })

const editOffline = (
  base: Uint8Array,
  rooms: string[],
  { edits, device }: { edits: number; device: number }
): OfflineDevice => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, base)
  const times = Array.from({ length: edits }, () => Date.now() - Math.random() * 24 * HOUR_MS)
  for (const [index, time] of times.sort((a, b) => a - b).entries()) {
    const id = rooms[Math.floor(Math.random() * rooms.length)] ?? ''
    editItem(doc, { kind: 'room', id }, { name: `Device ${device}, edit ${index}` }, Math.floor(time))
  }
  return { doc, received: [] }
}

/** The expected entry of each room, as JSON: the latest edit, whichever one Yjs picks. */
const latestNames = (devices: OfflineDevice[], rooms: string[]): Map<string, string> => {
  const latest = rooms.map(id => {
    const entries = devices.map(
      ({ doc }) => itemRoot(doc, 'room').get(fieldKey(id, 'name')) as [string, number]
    )
    const last = entries.reduce((best, entry) =>
      entry[1] > best[1] || (entry[1] === best[1] && JSON.stringify(entry[0]) > JSON.stringify(best[0]))
        ? entry
        : best
    )
    return [id, JSON.stringify(last)] as const
  })
  return new Map(latest)
}

/** @returns ms from the first connection until the last device had received its final state */
const reconnect = async (workspace: Workspace, devices: OfflineDevice[]): Promise<number> => {
  const began = performance.now()
  let lastAt = began
  const connections = devices.map(
    ({ doc, received }) =>
      new Device(workspace, {
        stateVector: Y.encodeStateVector(doc),
        missing: stateVector => Y.encodeStateAsUpdate(doc, stateVector),
        onUpdate: (update, at) => {
          received.push({ at, update: Uint8Array.from(update) })
          lastAt = at
        }
      })
  )
  await waitUntil('all have sent what they had', () => {
    assertConnected(connections)
    return connections.every(({ sent, durable }) => sent > 0 && sent === durable)
  })
  await waitUntil('nothing is sent any more', () => performance.now() - lastAt > QUIET_MS)
  for (const connection of connections) connection.close()
  return Math.max(...devices.map(convergedAt)) - began
}

/** Applies a device's messages. @returns the arrival of the last one that changed its content */
const convergedAt = ({ doc, received }: OfflineDevice): number => {
  let hash = contentHash(doc)
  let changedAt = received[0]?.at ?? 0
  for (const { at, update } of received) {
    Y.applyUpdate(doc, update)
    const now = contentHash(doc)
    if (now === hash) continue
    hash = now
    changedAt = at
  }
  return changedAt
}
