import { availableParallelism, cpus, loadavg } from 'node:os'
import type { Figure } from './figure.ts'
import type { PeerResult } from './peers.ts'

/** The machine, the time, and the command to repeat the run. */
export const describeRun = (command: string): string => {
  const cores = availableParallelism()
  const [load = 0] = loadavg()
  return [
    `Machine: ${cores} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, load ${load.toFixed(2)} at the start`,
    ...(load > cores / 2 ? ['         busy with other work: times will be worse than they are'] : []),
    `Date:    ${new Date().toISOString()}`,
    `Repeat:  ${command}`
  ].join('\n')
}

/** Formats the figures as a Markdown table, with the peers' beside ours. */
export const table = (figures: Figure[], peers: PeerResult[]): string => {
  const heads = ['what', 'Foyer', 'target', '', ...peers.map(({ name }) => name)]
  const rows = figures.map(({ what, measured, target, passed, peerKey }) => [
    what,
    measured,
    target,
    passed === null ? '' : passed ? 'pass' : 'MISS',
    ...peers.map(peer => (peerKey === undefined ? '' : (peer.figures.get(peerKey) ?? '–')))
  ])
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map(row => (row[column] ?? '').length))
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(heads), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n'
  )
}
