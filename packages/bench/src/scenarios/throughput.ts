import { FanOut, type RunResult } from '../client/fan-out.ts'
import { count, median, milliseconds, progress, type Figure, type Scenario } from '../figure.ts'
import { withServer } from '../server/bench-server.ts'

const CASES = [
  { devices: 50, target: 4_000 },
  { devices: 200, target: 2_000 }
]
const FIRST_RATE = 1_000
/** Above this rate the single client process is the limit, not the server. */
const LAST_RATE = 16_000

interface Highest {
  rate: number
  run: RunResult | null
  limit: string
}

/** The highest rate of edits on one workspace without a backlog. */
export const throughput: Scenario = async ({ quick }) => {
  const figures: Figure[] = []
  for (const { devices, target } of CASES) {
    const { rate, run, limit } = await findHighest(devices, quick ? 2 : 5)
    figures.push({
      what: `sustained edits/s on one workspace without backlog, ${devices} clients`,
      measured: `${count(rate)}/s (p50 ${milliseconds(median(run?.latencies ?? []))}; ${limit})`,
      target: `≥ ${count(target)}/s`,
      passed: rate >= target,
      peerKey: `throughput-${devices}`
    })
  }
  return figures
}

/** Doubles the rate until it is too high, then bisects twice. */
const findHighest = (devices: number, seconds: number): Promise<Highest> =>
  withServer(async server => {
    const fanOut = await FanOut.open(await server.createWorkspace(), devices)
    await fanOut.run(50, 2)
    const best: Highest = { rate: 0, run: null, limit: `more than ${count(LAST_RATE)}/s not tried` }
    let tooMuch = Number.POSITIVE_INFINITY
    const sustains = async (rate: number) => {
      const run = await fanOut.run(rate, seconds)
      progress(`${devices} clients, ${count(rate)} edits/s: ${run.sustained ? 'sustained' : 'too much'}`)
      if (run.sustained) Object.assign(best, { rate, run })
      else {
        tooMuch = rate
        best.limit = `limit: ${run.isDriverBound || run.driverLoad > 0.9 ? 'these clients' : 'the server'}`
      }
      return run.sustained
    }
    for (let rate = FIRST_RATE; rate <= LAST_RATE && (await sustains(rate)); rate *= 2);
    for (let tries = 0; tries < 2 && tooMuch < Number.POSITIVE_INFINITY; tries++) {
      await sustains(Math.round((best.rate + tooMuch) / 20) * 10)
    }
    fanOut.assertEqual()
    fanOut.close()
    return best
  })
