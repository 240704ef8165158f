import * as Y from 'yjs'
import { assertConnected, Device } from '../client/device.ts'
import { inParallel, waitUntil } from '../client/wait.ts'
import { readDocument, storeDocument } from '../client/whole-document.ts'
import { createWorkload } from '../client/workload.ts'
import { bytes, count, type Scenario } from '../figure.ts'
import { withServer, type Workspace } from '../server/bench-server.ts'
import { countWrites, query, takeWrites } from '../server/database.ts'

const ROOMS = 200
const JOINS_PER_DEVICE = 10
const AT_ONCE = 50

/** The cost of joins to the document (none) and the database. */
export const joins: Scenario = ({ quick }) =>
  withServer(async server => {
    const devices = quick ? 100 : 1_000
    const workspace = await server.createWorkspace()
    const workload = createWorkload(ROOMS)
    await storeDocument(workspace, workload.doc)
    const before = Y.encodeStateAsUpdate(await readDocument(workspace))
    await countWrites(server.database())
    await inParallel(devices, AT_ONCE, index => join(workspace, workload.rooms, index))
    const written = await takeWrites(server.database())
    const after = Y.encodeStateAsUpdate(await readDocument(workspace))
    const [rows = []] = await query(server.database(), ['select count(*) from usage'])
    const growth = after.length - before.length
    const isSame = Buffer.compare(before, after) === 0
    return [
      {
        what: `document growth for ${count(devices * JOINS_PER_DEVICE)} joins by ${count(devices)} devices`,
        measured: isSame ? bytes(growth) : `${bytes(growth)}, and not the same document`,
        target: bytes(0),
        passed: isSame
      },
      ...[...written].map(([table, rowsWritten]) => ({
        what: `  rows written to ${table} by them (joins that come together share a commit)`,
        measured: count(rowsWritten),
        target: '',
        passed: null
      })),
      {
        what: `  rows in usage afterwards, for ${count(ROOMS)} rooms: grows with the rooms, not the joins`,
        measured: count(Number(rows[0]?.[0])),
        target: count(ROOMS),
        passed: rows[0]?.[0] === ROOMS
      }
    ]
  })

/** One device joins several rooms, and the server confirms each as last used. */
const join = async (workspace: Workspace, rooms: string[], index: number): Promise<void> => {
  const times = new Map<string, number>()
  const device = new Device(workspace, {
    onUsage: entries => {
      for (const { itemId, lastUsedAt } of entries) times.set(itemId, lastUsedAt)
    }
  })
  await device.synced
  for (let n = 0; n < JOINS_PER_DEVICE; n++) {
    const itemId = rooms[(index * JOINS_PER_DEVICE + n) % rooms.length] ?? ''
    const now = Date.now()
    device.sendUsage([{ itemId, lastUsedAt: now, live: 0 }])
    await waitUntil('a join is stored', () => {
      assertConnected([device])
      return (times.get(itemId) ?? 0) >= now
    })
  }
  device.close()
}
