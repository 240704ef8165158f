import type { RunResult } from './run.ts'
import type { Counts } from './test-counts.ts'

/** One part of `npm test`. */
export interface Step {
  name: string
  run: () => Promise<RunResult>
  /** Reads a test runner's report. Without it the step counts as one test. */
  count?: () => Counts
}

/** Runs a step, prints its result (all output on failure), and counts it. Never rejects. */
async function runStep(step: Step): Promise<Counts> {
  const began = performance.now()
  const { ok, output, counts } = await outcomeOf(step)
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  if (counts.failed === 0) {
    const tests = step.count ? `, ${counts.passed} tests` : ''
    console.log(`ok      ${step.name} (${seconds} s${tests})`)
  } else {
    console.log(`FAILED  ${step.name} (${seconds} s)${ok ? ': no test was run' : ''}\n${output.trimEnd()}\n`)
  }
  return counts
}

async function outcomeOf(step: Step): Promise<RunResult & { counts: Counts }> {
  try {
    const { ok, output } = await step.run()
    return {
      ok,
      output,
      counts: step.count ? countTests(ok, step.count) : { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
    }
  } catch (error) {
    return { ok: false, output: String(error), counts: { passed: 0, failed: 1 } }
  }
}

/** A runner that failed or ran nothing counts as a failure, even without one in its report. */
function countTests(ok: boolean, count: () => Counts): Counts {
  const counts = readReport(count)
  const total = counts.passed + counts.failed
  return { ...counts, failed: counts.failed || (ok && total > 0 ? 0 : 1) }
}

function readReport(count: () => Counts): Counts {
  try {
    return count()
  } catch {
    return { passed: 0, failed: 0 }
  }
}

/** Runs steps in order, at most `atOnce` in parallel. */
export async function runSteps(steps: Step[], atOnce: number): Promise<Counts> {
  const waiting = [...steps]
  const total = { passed: 0, failed: 0 }
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const counts = await runStep(step)
      total.passed += counts.passed
      total.failed += counts.failed
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return total
}
