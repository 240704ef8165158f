import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { milliseconds, progress } from './figure.ts'

/** Other Yjs servers and their load driver, optionally installed outside this project. */
const NEIGHBOUR = path.join(import.meta.dirname, '../../../../shared/bench')
const TIME_LIMIT_MS = 20 * 60_000

/** A peer's figures by our `peerKey`. */
export interface PeerResult {
  name: string
  figures: Map<string, string>
}

/** A line of the driver's output. The fields present depend on the scenario. */
interface Row {
  kind?: string
  ok?: boolean
  clients?: number
  rate?: number | null
  p50?: number
  p99?: number
  maxRate?: number
  devices?: number
  allMs?: number | null
  rooms?: number
  completeLater?: number | null
  verdict?: string
}

interface Report {
  runs: { scenario: string; rows: Row[] }[]
}

/** The driver's folder and the peers set up in it, or why there is nothing to run. */
export const findPeers = (folder = NEIGHBOUR): { folder: string; names: string[] } | { missing: string } => {
  if (!existsSync(path.join(folder, 'bench.mjs'))) return { missing: `there is no bench.mjs in ${folder}` }
  if (!existsSync(path.join(folder, 'node_modules')))
    return { missing: `not installed (npm ci) in ${folder}` }
  const names = readdirSync(path.join(folder, 'peers')).filter(
    name => name !== 'null-relay' && existsSync(path.join(folder, 'peers', name, 'node_modules'))
  )
  return names.length === 0 ? { missing: `none is set up in ${folder}/peers` } : { folder, names }
}

/** Loads a peer as the scenarios load Foyer: same clients, rooms, edits and layout. */
export const measurePeer = async (
  folder: string,
  name: string,
  { quick, signal }: { quick: boolean; signal: AbortSignal }
): Promise<PeerResult> => {
  progress(`peer ${name}`)
  const scratch = await mkdtemp(path.join(tmpdir(), 'foyer-bench-peer-'))
  const out = path.join(scratch, 'report.json')
  const ownNode = path.join(folder, 'node_modules/.bin/node')
  const settings = {
    'fanout.clients': '50,200',
    'fanout.rates': '200,1000',
    'fanout.duration': quick ? '2' : '5',
    'fanout.rooms': '200',
    'coldload.sizes': quick ? '1000' : '1000,10000',
    'offline-merge.devices': '50',
    'offline-merge.edits': quick ? '100' : '1000'
  }
  const options = ['--peer', `peers/${name}`, '--layout', 'targets/foyer/layout.mjs', '--out', out]
  const unpinned = ['--server-cpu', 'none', '--driver-cpu', 'none', '--data', scratch]
  const child = spawn(
    existsSync(ownNode) ? ownNode : process.execPath,
    [
      ...['bench.mjs', '--scenario', 'fanout,offline-merge,coldload', ...options, ...unpinned],
      ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`])
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore'],
      // On SIGTERM the driver ends the peer it started.
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)])
    }
  )
  // An aborted run has written its results so far.
  child.on('error', () => undefined)
  await new Promise(resolve => child.once('close', resolve))
  const figures = existsSync(out)
    ? readFigures(JSON.parse(readFileSync(out, 'utf8')) as Report)
    : new Map<string, string>()
  await rm(scratch, { recursive: true, force: true })
  return { name, figures }
}

const readFigures = ({ runs }: Report): Map<string, string> => {
  const figures = new Map<string, string>()
  const ms = (value: number | null | undefined) => (typeof value === 'number' ? milliseconds(value) : '–')
  for (const { scenario, rows } of runs) {
    for (const row of rows) {
      if (row.kind === 'check' || row.kind === 'error') continue
      if (row.kind === 'max') figures.set(`throughput-${row.clients}`, `${row.maxRate}/s`)
      else if (scenario === 'fanout' && row.clients === 50 && row.rate === 200) {
        figures.set('latency', `p50 ${ms(row.p50)}, p99 ${ms(row.p99)}`)
      } else if (scenario === 'offline-merge') figures.set('offline-merge', row.ok ? ms(row.allMs) : 'fails')
      else if (scenario === 'coldload') {
        figures.set(`cold-load-${row.rooms}`, row.ok ? ms(row.completeLater) : 'fails')
      }
    }
  }
  return figures
}
