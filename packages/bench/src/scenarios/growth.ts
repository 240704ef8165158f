import * as Y from 'yjs'
import { assertConnected, Device } from '../client/device.ts'
import { waitUntil } from '../client/wait.ts'
import { createWorkload, newClient } from '../client/workload.ts'
import { count, type Figure, type Scenario } from '../figure.ts'
import { withServer } from '../server/bench-server.ts'
import { countWrites, storedBytes, takeWrites } from '../server/database.ts'

const ROOMS = 200
const EDITS = 1_000
/** After this many edits a device gets a new Yjs client, as a reopened page does. */
const EDITS_PER_SESSION = 50

/** Sizes after a thousand edits, and the rows these wrote. */
interface Thousand {
  document: number
  updates: number
  snapshots: number
  activity: number
  written: Map<string, number>
}

/**
 * The storage cost of a thousand edits, and its trend over the next thousands. Each edit is stored
 * before the next is made, as edits that arrive together share a commit and cost less.
 */
export const growth: Scenario = ({ quick }) =>
  withServer(async server => {
    const workspace = await server.createWorkspace()
    const workload = createWorkload(ROOMS)
    const device = new Device(workspace, { missing: () => workload.whole() })
    await waitUntil('the rooms are stored', () => {
      assertConnected([device])
      return device.durable === 1
    })
    await countWrites(server.database())
    const sizes = async () => ({
      document: Y.encodeStateAsUpdate(workload.doc).length,
      ...(await storedBytes(server.database()))
    })
    const beginning: Thousand = { ...(await sizes()), written: new Map() }
    const thousands: Thousand[] = []
    for (let thousand = 0; thousand < (quick ? 3 : 6); thousand++) {
      let client = 0
      for (let edit = 0; edit < EDITS; edit++) {
        if (edit % EDITS_PER_SESSION === 0) client = newClient()
        const message = device.sendUpdate(workload.rename(edit % ROOMS, client, Date.now()))
        await waitUntil('an edit is stored', () => {
          assertConnected([device])
          return device.durable >= message
        })
      }
      thousands.push({ ...(await sizes()), written: await takeWrites(server.database()) })
    }
    device.close()

    const growthOf = (pick: (thousand: Thousand) => number): number[] =>
      thousands.map((thousand, index) => pick(thousand) - pick(thousands[index - 1] ?? beginning))
    const tables = new Set(thousands.flatMap(({ written }) => [...written.keys()]))
    return [
      series(
        'bytes of the document',
        growthOf(({ document }) => document)
      ),
      series(
        'bytes of the activity log',
        growthOf(({ activity }) => activity)
      ),
      ...Array.from(tables, table =>
        series(
          `rows written to ${table} (or deleted)`,
          thousands.map(({ written }) => written.get(table) ?? 0)
        )
      ),
      {
        what: `  bytes of updates and snapshots in the database after each ${count(EDITS)} edits`,
        measured: thousands.map(({ updates, snapshots }) => count(updates + snapshots)).join(' · '),
        target: '',
        passed: null
      }
    ]
  })

/** The cost of each thousand. The first may differ, as compaction lags behind the edits. */
const series = (what: string, values: number[]): Figure => ({
  what: `${what} per ${count(EDITS)} edits, a commit each`,
  measured: `${values.map(count).join(' · ')}: ${tendency(values)}`,
  target: '',
  passed: null
})

const tendency = (values: number[]): string => {
  const [, second = 0] = values
  const last = values.at(-1) ?? 0
  if (last < second * 0.75) return 'ever less'
  return last > second * 1.25 ? 'ever more' : 'linear'
}
