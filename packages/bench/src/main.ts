/**
 * `pnpm bench sync`: measures the real stack on this machine, over loopback alone, and prints what DESIGN §12 asks
 * for beside what was reached.
 */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { progress, type Figure, type Scenario } from './figure.ts'
import { findPeers, measurePeer, type PeerResult } from './peers.ts'
import { describeRun, table } from './report.ts'
import { coldLoad } from './scenarios/cold-load.ts'
import { growth } from './scenarios/growth.ts'
import { joins } from './scenarios/joins.ts'
import { latency } from './scenarios/latency.ts'
import { offlineMerge } from './scenarios/offline-merge.ts'
import { throughput } from './scenarios/throughput.ts'
import { stopAllServers } from './server/bench-server.ts'

const SCENARIOS: Record<string, Scenario> = {
  latency,
  throughput,
  'offline-merge': offlineMerge,
  'cold-load': coldLoad,
  joins,
  growth
}

const usage = `pnpm bench sync [--only ${Object.keys(SCENARIOS).join(',')}] [--quick] [--peers] [--peers-from FOLDER]`

const readOptions = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      'peers-from': { type: 'string' }
    }
  })
  const names = values.only?.split(',') ?? Object.keys(SCENARIOS)
  const unknown = names.filter(name => !(name in SCENARIOS))
  if (positionals.join() !== 'sync' || unknown.length > 0) throw new Error(`usage: ${usage}`)
  return { ...values, names }
}

type Options = ReturnType<typeof readOptions>

const runScenarios = async ({
  names,
  quick
}: Options): Promise<{ figures: Figure[]; failures: string[] }> => {
  const figures: Figure[] = []
  const failures: string[] = []
  for (const name of names) {
    progress(name)
    try {
      figures.push(...((await SCENARIOS[name]?.({ quick })) ?? []))
    } catch (error) {
      failures.push(`${name} did not work: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { figures, failures }
}

const runPeers = async (
  { peers, quick, 'peers-from': from }: Options,
  signal: AbortSignal
): Promise<PeerResult[]> => {
  if (!peers) return []
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

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    stop.abort()
    void stopAllServers().finally(() => process.exit(130))
  })
}

try {
  const options = readOptions()
  console.log(`${describeRun(['pnpm bench', ...process.argv.slice(2)].join(' '))}\n`)
  // Figures of an old bundle would be nobody's.
  execFileSync('pnpm', ['--filter', '@foyer/edge', 'run', 'build'], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const { figures, failures } = await runScenarios(options)
  console.log(table(figures, await runPeers(options, stop.signal)))
  for (const failure of failures) console.error(failure)
  process.exit(failures.length === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
