import { encodeMissing, encodeStateVector } from '@foyer/sync/protocol'
import { setTimeout as sleep } from 'node:timers/promises'
import { Device } from '../client/device.ts'
import { largeAnswer, manyClients, repeatedDeletions } from '../client/hostile-updates.ts'
import { waitUntil } from '../client/wait.ts'
import { storeDocument } from '../client/whole-document.ts'
import { createWorkload, newClient, type Workload } from '../client/workload.ts'
import { milliseconds, percentile, progress, type Figure, type Scenario } from '../figure.ts'
import { withServer, type Workspace } from '../server/bench-server.ts'

const ROOMS = 1_000
const TARGET_MS = 250
/** Interval between the bystander's edits. */
const EDIT_EVERY_MS = 50

interface Attack {
  what: string
  /** @returns what it holds */
  run: (workspace: Workspace, workload: Workload) => { close: () => void }[]
}

/** Reconnects each time it is disconnected, and sends the same message again. */
const stubborn = (workspace: Workspace, message: () => Uint8Array): { close: () => void } => {
  const come = () => {
    const device: Device = new Device(workspace, {
      isQuiet: true,
      onOpen: () => {
        device.send(message())
      }
    })
    return device
  }
  let device = come()
  const timer = setInterval(() => {
    if (device.lost !== null) device = come()
  }, 100)
  return {
    close() {
      clearInterval(timer)
      device.close()
    }
  }
}
const once = (update: Uint8Array) => {
  const message = encodeMissing(update)
  return () => message
}

const ATTACKS: Attack[] = [
  { what: 'nothing', run: () => [] },
  {
    what: '300,000 deletions of the same 5,000 entries, again and again',
    run: (workspace, workload) => {
      const [client = 0] = workload.doc.store.clients.keys()
      return [stubborn(workspace, once(repeatedDeletions(300_000, client, 5_000)))]
    }
  },
  {
    what: '60,000 Yjs clients in a chain, again and again',
    run: workspace => [stubborn(workspace, once(manyClients(60_000, true)))]
  },
  {
    what: '2,000 other Yjs clients, again and again',
    run: workspace => [stubborn(workspace, () => encodeMissing(manyClients(2_000, false)))]
  },
  {
    what: 'an honest answer of 14 MB',
    run: workspace => {
      const answer = once(largeAnswer(14 * 1024 * 1024))
      const device = new Device(workspace, {
        onOpen: () => {
          device.send(answer())
        }
      })
      return [device]
    }
  },
  {
    what: '3,000 questions for everything, not read',
    run: workspace => {
      const device = new Device(workspace, {
        isQuiet: true,
        onOpen: () => {
          device.pause()
          for (let i = 0; i < 3_000; i++) device.send(encodeStateVector(Uint8Array.of(0)))
        }
      })
      return [device]
    }
  },
  {
    what: '6,000 updates at once',
    run: (workspace, workload) => {
      const client = newClient()
      const updates = Array.from({ length: 6_000 }, () => workload.rename(0, client, Date.now()))
      const device = new Device(workspace, {
        isQuiet: true,
        onOpen: () => {
          for (const update of updates) device.sendUpdate(update)
        }
      })
      return [device]
    }
  },
  {
    what: '20 connections of one person with 1,000 edits of one name each',
    run: (workspace, workload) =>
      Array.from({ length: 20 }, () => {
        const client = newClient()
        const updates = Array.from({ length: 1_000 }, () => workload.rename(0, client, Date.now()))
        const device: Device = new Device(workspace, {
          isQuiet: true,
          onOpen: () => {
            for (const update of updates) device.sendUpdate(update)
          }
        })
        return device
      })
  },
  {
    what: '300 devices that come at once',
    run: workspace => Array.from({ length: 300 }, () => new Device(workspace))
  }
]

/** The latency of a bystander's edits while one user floods the server. */
export const floods: Scenario = async ({ quick }) => {
  const figures: Figure[] = []
  for (const attack of ATTACKS) {
    progress(attack.what)
    const latencies = await withServer(async server => {
      const workspace = await server.createWorkspace()
      const workload = createWorkload(ROOMS)
      await storeDocument(workspace, workload.doc)
      return besides(workspace, workload, attack, quick ? 3 : 8)
    })
    const p99 = percentile(latencies, 0.99)
    figures.push({
      what: `a bystander’s edit → durable, beside ${attack.what}`,
      measured: `p50 ${milliseconds(percentile(latencies, 0.5))}, p99 ${milliseconds(p99)}`,
      target: `p99 ≤ ${TARGET_MS} ms`,
      passed: p99 <= TARGET_MS
    })
  }
  return figures
}

const besides = async (
  workspace: Workspace,
  workload: Workload,
  attack: Attack,
  seconds: number
): Promise<number[]> => {
  const bystander = new Device(workspace)
  await bystander.synced
  const client = newClient()
  await waitUntil('the bystander is in sync', () => bystander.durable === bystander.sent)
  const attackers = attack.run(workspace, workload)
  const latencies: number[] = []
  const end = performance.now() + seconds * 1_000
  while (performance.now() < end) {
    const began = performance.now()
    const number = bystander.sendUpdate(workload.rename(1, client, Date.now()))
    await waitUntil('the edit is durable', () => bystander.durable >= number)
    latencies.push(performance.now() - began)
    await sleep(EDIT_EVERY_MS)
  }
  for (const one of [bystander, ...attackers]) one.close()
  return latencies
}
