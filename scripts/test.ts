/** `npm test`: installs, runs all checks and tests, and prints the totals on the last line. */
import { mkdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { findChromium } from './lib/chromium.ts'
import { root } from './lib/root.ts'
import { run, type RunOptions } from './lib/run.ts'
import { runSteps, type Step } from './lib/steps.ts'
import { createStopSignal } from './lib/stop-signal.ts'
import { readPlaywrightCounts, readVitestCounts } from './lib/test-counts.ts'

const signal = createStopSignal()
signal.addEventListener('abort', () => {
  console.log('Stopping')
})
const reports = path.join(root, 'test-results')
const vitestReport = path.join(reports, 'vitest.json')
const playwrightReport = path.join(reports, 'playwright.json')
// Vitest's default, but at least two: many tests wait for child processes.
const testWorkers = Math.max(2, availableParallelism() - 1)
let chromium = ''

const call = (command: string, args: string[], options: RunOptions = {}) =>
  run(command, args, { ...options, signal })
const turbo = (...tasks: string[]) =>
  call('turbo', ['run', ...tasks, '--output-logs=errors-only', '--concurrency=2', '--continue'])

// Each step needs the previous one.
const preparation: Step[] = [
  {
    name: 'install',
    run: () => call('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { env: { CI: 'true' } })
  },
  {
    name: 'Chromium',
    run: async () => {
      chromium = await findChromium()
      return { ok: true, output: '' }
    }
  },
  { name: 'generated types', run: () => turbo('types') },
  { name: 'build', run: () => turbo('build') },
  ...['staging', 'production'].map(environment => ({
    name: `dry deployment to ${environment}`,
    run: () => call('node', ['scripts/deploy.ts', environment, '--dry-run'])
  }))
]
const checks: Step[] = [
  {
    name: 'unit and Worker tests',
    run: () => {
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
      return call('vitest', ['run', `--maxWorkers=${testWorkers}`, ...reporters])
    },
    count: () => readVitestCounts(vitestReport)
  },
  { name: 'lint', run: () => call('eslint', ['.', '--max-warnings=0']) },
  { name: 'types', run: () => turbo('check', 'check:scripts') },
  { name: 'format', run: () => call('prettier', ['--check', '.']) },
  { name: 'boundaries', run: () => call('turbo', ['boundaries']) },
  { name: 'dead code', run: () => call('knip', []) }
]
// Runs alone: other steps would slow down its pages.
const browser: Step[] = [
  {
    name: 'browser tests',
    run: () =>
      // Dots for passed tests, so that truncated output still shows the failures.
      call('pnpm', ['--filter', '@foyer/web', 'exec', 'playwright', 'test', '--reporter=dot,json'], {
        env: { FOYER_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport }
      }),
    count: () => readPlaywrightCounts(playwrightReport)
  }
]

// Remove reports of earlier runs.
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const results = [await runSteps(preparation, 1), await runSteps(checks, 2), await runSteps(browser, 1)]
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && !signal.aborted ? 0 : 1)
