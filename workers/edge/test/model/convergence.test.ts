import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyClockError, anyEvent } from './events.ts'
import { comeToRest, expectAllIsWell } from './expectations.ts'
import { happen } from './happen.ts'
import { World } from './world.ts'

/**
 * `FOYER_RUNS=10000` for the long run, FOYER_SEED and FOYER_PATH to see one again;
 * docs/reliability.md.
 */
const { FOYER_RUNS, FOYER_SEED, FOYER_PATH } = process.env
const RUNS = Number(FOYER_RUNS ?? 200)
/** The short run is the same for everybody; the long one looks elsewhere each time. */
const SEED = Number(FOYER_SEED ?? (FOYER_RUNS === undefined ? 20_261_123 : Date.now() % 2 ** 31))

const runs = fc.asyncProperty(
  fc.nat(2 ** 31 - 1),
  fc.array(anyClockError, { minLength: 2, maxLength: 12 }),
  fc.integer({ min: 1, max: 4 }),
  fc.array(anyEvent, { minLength: 10, maxLength: 120, size: 'max' }),
  async (seed, clockErrors, people, events) => {
    const world = new World({ seed, clockErrors, people })
    try {
      for (const event of events) await happen(world, event)
      await comeToRest(world)
      expectAllIsWell(world)
    } finally {
      world.end()
    }
  }
)

it(`every device ends with the same, right list in ${RUNS} runs`, { timeout: RUNS * 1_000 }, async () => {
  const result = await fc.check(runs, {
    seed: SEED,
    ...(FOYER_PATH ? { path: FOYER_PATH, numRuns: 1 } : { numRuns: RUNS })
  })
  if (!result.failed) return
  const again = `FOYER_SEED=${result.seed} FOYER_PATH=${result.counterexamplePath ?? ''} pnpm fuzz`
  const why = result.errorInstance instanceof Error ? result.errorInstance.message : ''
  expect.fail(`${fc.defaultReportMessage(result) ?? ''}\n${why}\n\nTo see it again: ${again}`)
})
