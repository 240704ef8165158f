import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import type { Scenario } from '../figure.ts'
import { describeRun, table } from '../report.ts'
import { chooseScenarios, runScenarios } from '../scenarios/run.ts'
import { download } from '../scenarios/web/download.ts'
import { firstTile } from '../scenarios/web/first-tile.ts'
import { interactions } from '../scenarios/web/interactions.ts'
import { lighthouse } from '../scenarios/web/lighthouse.ts'
import { memory } from '../scenarios/web/memory.ts'
import { scrolling } from '../scenarios/web/scrolling.ts'
import { CPU_SLOWDOWN } from '../web/browser.ts'
import type { Command } from './command.ts'

const SCENARIOS: Record<string, Scenario> = {
  download,
  'first-tile': firstTile,
  interactions,
  scrolling,
  memory,
  lighthouse
}

/** Minutes: short enough to wait for. */
const MOST = { each: 5, all: 11 }

export const web: Command = {
  usage: `[--only ${Object.keys(SCENARIOS).join(',')}] [--quick]`,
  async run(args) {
    const began = performance.now()
    const { values } = parseArgs({
      args,
      options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } }
    })
    const scenarios = chooseScenarios(SCENARIOS, values.only)
    if (scenarios === undefined) return null
    console.log(describeRun(['pnpm bench web', ...args].join(' ')))
    console.log(`Browser: Chromium without a window, pages ${CPU_SLOWDOWN}× slower than this machine\n`)
    // Build first, so that the figures are not of an old build.
    execFileSync('turbo', ['run', 'build', '--output-logs=errors-only'], {
      stdio: ['ignore', 'ignore', 'pipe']
    })
    const { figures, failures } = await runScenarios(scenarios, values.quick, MOST)
    console.log(table(figures, []))
    console.log(`\nTook ${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
    return failures
  }
}
