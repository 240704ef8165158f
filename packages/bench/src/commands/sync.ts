import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import type { Scenario } from '../figure.ts'
import { findPeers, measurePeer, type PeerResult } from '../peers.ts'
import { describeRun, table } from '../report.ts'
import { coldLoad } from '../scenarios/cold-load.ts'
import { floods } from '../scenarios/floods.ts'
import { growth } from '../scenarios/growth.ts'
import { joins } from '../scenarios/joins.ts'
import { latency } from '../scenarios/latency.ts'
import { offlineMerge } from '../scenarios/offline-merge.ts'
import { chooseScenarios, runScenarios } from '../scenarios/run.ts'
import { throughput } from '../scenarios/throughput.ts'
import type { Command } from './command.ts'

const SCENARIOS: Record<string, Scenario> = {
  latency,
  throughput,
  'offline-merge': offlineMerge,
  'cold-load': coldLoad,
  joins,
  growth,
  floods
}

export const sync: Command = {
  usage: `[--only ${Object.keys(SCENARIOS).join(',')}] [--quick] [--peers] [--peers-from FOLDER]`,
  async run(args, signal) {
    const { values } = parseArgs({
      args,
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        peers: { type: 'boolean', default: false },
        'peers-from': { type: 'string' }
      }
    })
    const scenarios = chooseScenarios(SCENARIOS, values.only)
    if (scenarios === undefined) return null
    console.log(`${describeRun(['pnpm bench sync', ...args].join(' '))}\n`)
    // Build first, so that the figures are not of an old bundle.
    execFileSync('pnpm', ['--filter', '@foyer/edge', 'run', 'build'], { stdio: ['ignore', 'ignore', 'pipe'] })
    const { figures, failures } = await runScenarios(scenarios, values.quick)
    const peers = values.peers ? await measurePeers(values['peers-from'], values.quick, signal) : []
    console.log(table(figures, peers))
    return failures
  }
}

const measurePeers = async (
  from: string | undefined,
  quick: boolean,
  signal: AbortSignal
): Promise<PeerResult[]> => {
  const found = findPeers(from)
  if ('missing' in found) {
    console.log(`The peers were not measured: ${found.missing}\n`)
    return []
  }
  const results: PeerResult[] = []
  for (const name of found.names) {
    if (!signal.aborted) results.push(await measurePeer(found.folder, name, { quick, signal }))
  }
  return results
}
